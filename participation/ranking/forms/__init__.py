from participation.ranking.forms.voters import CodeForm, PostcodeForm

__all__ = ["CodeForm", "PostcodeForm"]
