"""The form by which a document is received."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tongchou.web.language import current

_TOO_LARGE = {
    "zh": "文件超过 {mb} MB。请拆分后上传，或用命令 tongchou read 在本机读取。",
    "en": "The file is larger than {mb} MB. Upload it in parts, or use the command tongchou read.",
}
_MISSING = {"zh": "请选择一个文件。", "en": "Choose a file."}
_EMPTY = {"zh": "文件是空的。请检查后重新选择。", "en": "The file is empty. Check it and choose again."}


class DocumentForm(forms.Form):
    """One file of at most ``UPLOAD_BYTES``, and whether the region's names are to be used in reading it."""

    file = forms.FileField(max_length=200)
    use_region = forms.BooleanField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].error_messages |= {"required": _MISSING[current()], "empty": _EMPTY[current()]}

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.UPLOAD_BYTES:
            raise forms.ValidationError(_TOO_LARGE[current()].format(mb=settings.UPLOAD_BYTES // 1024**2))
        return file
