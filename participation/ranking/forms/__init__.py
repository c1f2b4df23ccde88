from participation.ranking.forms.voters import CodeForm, EmailCodeForm, EmailForm, PostcodeForm

__all__ = ["CodeForm", "EmailCodeForm", "EmailForm", "PostcodeForm"]
