from django.urls import path

from haarlemveilig.mail import views_staff

app_name = "mail"
urlpatterns = [
    path("", views_staff.outbox, name="outbox"),
    path("<int:mail_id>/", views_staff.outbox_mail, name="mail"),
]
