# One image for web, worker, beat and migrations. Node and compilers stay behind in the stages that need them.

FROM node:24.19.0-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --no-update-notifier
COPY script/build-assets script/
COPY haarlemveilig/ui/utrecht-classes.txt haarlemveilig/ui/
COPY static/ static/
RUN script/build-assets


FROM python:3.11.14-slim-bookworm AS packages
COPY requirements.lock ./
# Wheels only: a package that would have to be compiled fails here, not at two in the morning.
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock


FROM python:3.11.14-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/haarlemveilig
WORKDIR /app
COPY --from=packages /venv /venv
COPY LICENSE manage.py ./
COPY haarlemveilig/ haarlemveilig/
COPY participation/ participation/
COPY indicators/ indicators/
COPY priorities/ priorities/
COPY actionprogram/ actionprogram/
COPY templates/ templates/
COPY static/ static/
COPY --from=assets /app/static/vendor/ static/vendor/
# A volume takes over the owner of the folder that it covers, so the folders for files and keys exist already.
RUN python -m compileall -q . \
 && SECRET_KEY=only-while-building python manage.py collectstatic --noinput --verbosity 0 \
 && useradd --uid 10001 --no-create-home --home-dir $VAR_DIR --shell /usr/sbin/nologin haarlemveilig \
 && mkdir -p $VAR_DIR/media $VAR_DIR/keys \
 && chown -R haarlemveilig: $VAR_DIR \
 && chmod 700 $VAR_DIR/keys
USER haarlemveilig
EXPOSE 8000
# Asks as the reverse proxy would: by the site's own name, and over what counts as https.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-c", "\
import os, urllib.request as http; \
host = os.environ.get('ALLOWED_HOSTS', 'localhost').split(',')[0].lstrip('.'); \
http.urlopen(http.Request('http://127.0.0.1:8000/gezond/', headers={'Host': host, 'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", \
     "--worker-tmp-dir", "/dev/shm", "--log-level", "warning", "haarlemveilig.wsgi"]
