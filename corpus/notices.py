"""Every sentence the readers say to a clerk, in Vietnamese and English, by a stable code."""

from __future__ import annotations

from corpus.errors import Refused
from corpus.source_text import Notice

_SENTENCES: dict[str, tuple[str, str]] = {
    # refusals
    "missing": (
        "Không tìm thấy tệp hoặc thư mục này. Kiểm tra lại đường dẫn.",
        "No such file or folder. Check the path.",
    ),
    "dangling_link": (
        "Liên kết trỏ tới nơi không còn tồn tại ({target}). Sửa hoặc xoá liên kết.",
        "The link points to nothing ({target}). Repair or delete the link.",
    ),
    "link_loop": (
        "Liên kết vòng: thư mục này dẫn trở lại chính nó; đã bỏ qua để không đọc vô tận. Xoá liên kết.",
        "The link leads back into its own folder; it was not followed. Delete the link.",
    ),
    "not_regular": (
        "Không phải tệp thường (ống dẫn, ổ cắm hoặc thiết bị) nên không đọc được.",
        "Not an ordinary file (a pipe, socket or device), so it cannot be read.",
    ),
    "no_permission": (
        "Không có quyền đọc. Xin quyền đọc hoặc chép tệp sang thư mục khác rồi thử lại.",
        "Permission to read is missing. Ask for read access, or copy the file elsewhere and try again.",
    ),
    "io_error": (
        "Hệ điều hành báo lỗi khi đọc: {error}. Chép lại tệp từ nguồn rồi thử lại.",
        "The operating system failed to read it: {error}. Copy the file anew and try again.",
    ),
    "empty": (
        "Tệp rỗng, không có nội dung. Chép lại tệp từ nguồn.",
        "The file is empty. Copy it anew from its source.",
    ),
    "no_text": (
        "Tệp mở được nhưng không có chữ nào. Kiểm tra xem có đúng tệp không.",
        "The file opens but has no words in it. Check that it is the right file.",
    ),
    "too_large": (
        "Tệp quá lớn: {size} MB, giới hạn là {limit} MB. Tách tệp thành nhiều phần nhỏ hơn.",
        "The file is too large: {size} MB, the limit is {limit} MB. Split it into smaller parts.",
    ),
    "text_too_long": (
        "Nội dung dài hơn {limit} ký tự. Tách văn bản thành nhiều tệp.",
        "The text is longer than {limit} characters. Split the document into several files.",
    ),
    "not_text": (
        "Không phải văn bản: nội dung là dữ liệu nhị phân không rõ loại. Mở bằng phần mềm gốc và lưu thành "
        ".docx, .pdf hoặc .txt.",
        "Not a text: binary data of unknown kind. Open it in the program it came from and save it as "
        ".docx, .pdf or .txt.",
    ),
    "unsupported": (
        "Định dạng {kind} chưa đọc được. {advice_vi}",
        "Files of the kind {kind} are not read. {advice_en}",
    ),
    "too_slow": (
        "Đọc tệp quá {seconds} giây nên đã dừng. Tách tệp thành nhiều phần nhỏ hơn.",
        "Reading took longer than {seconds} seconds and was stopped. Split the file into smaller parts.",
    ),
    "crashed": (
        "Tệp làm bộ đọc dừng đột ngột (tệp hỏng, hoặc cần quá nhiều bộ nhớ). Mở tệp bằng phần mềm gốc và lưu lại.",
        "The file brought the reader down (it is damaged, or needs too much memory). Open it in the program it came "
        "from and save it again.",
    ),
    "too_much_memory": (
        "Đọc tệp cần hơn {limit} MB bộ nhớ nên đã dừng. Tách tệp thành nhiều phần nhỏ hơn.",
        "Reading needs more than {limit} MB of memory and was stopped. Split the file into smaller parts.",
    ),
    "too_nested": (
        "Nội dung lồng nhau quá sâu, không phải văn bản bình thường. Lưu lại tệp từ phần mềm gốc.",
        "The content is nested too deeply to be an ordinary document. Save it again from the program it came from.",
    ),
    "reader_failed": (
        "Tệp hỏng hoặc sai cấu trúc ({error}). Mở tệp bằng phần mềm gốc và lưu lại.",
        "The file is damaged or malformed ({error}). Open it in the program it came from and save it again.",
    ),
    "encrypted": (
        "Tệp được bảo vệ bằng mật khẩu. Mở bằng mật khẩu rồi lưu lại không có mật khẩu.",
        "The file is protected by a password. Open it with the password and save it without one.",
    ),
    "zip_bomb": (
        "Tệp nén bung ra gấp hơn {ratio} lần, có thể là tệp phá hoại; không giải nén. Kiểm tra nguồn của tệp.",
        "It unpacks to more than {ratio} times its size and may be malicious; it was not unpacked. Check where the "
        "file comes from.",
    ),
    "damaged_archive": (
        "Tệp nén hỏng hoặc bị cắt ngang. Chép lại tệp từ nguồn.",
        "The packed file is damaged or cut off. Copy it anew from its source.",
    ),
    "damaged_document": (
        "Tệp hỏng hoặc bị cắt ngang, không mở được. Mở bằng phần mềm gốc và lưu lại, hoặc chép lại từ nguồn.",
        "The file is damaged or cut off and cannot be opened. Open it in the program it came from and save it again, "
        "or copy it anew.",
    ),
    "empty_archive": (
        "Tệp nén không chứa tệp nào.",
        "The archive holds no files.",
    ),
    "nested_archive": (
        "Tệp nén lồng trong tệp nén quá sâu; không mở. Giải nén rồi đọc thư mục.",
        "An archive within an archive, too deep to be opened. Unpack it and read the folder.",
    ),
    "container_in_archive": (
        "Tệp nhiều văn bản (.jsonl, .gz) nằm trong tệp nén; không mở. Giải nén rồi đọc riêng.",
        "A file of many documents (.jsonl, .gz) inside an archive is not opened. Unpack it and read it by itself.",
    ),
    "too_many_members": (
        "Tệp nén chứa {count} tệp, giới hạn là {limit}. Tách thành nhiều tệp nén nhỏ hơn.",
        "The archive holds {count} files, the limit is {limit}. Split it into smaller archives.",
    ),
    "members_unread": (
        "{count} trong {total} mục không đọc được. {which_vi}",
        "{count} of {total} members not read. {which_en}",
    ),
    "bad_json": (
        "Dòng này không phải một đối tượng JSON. Xuất lại tệp, mỗi dòng một đối tượng.",
        "This line is no JSON object. Export the file anew, one object a line.",
    ),
    "no_text_field": (
        "Không có trường văn bản (text, content, noi_dung hoặc html), nên không phải là văn bản để đọc.",
        "There is no text field (text, content, noi_dung or html), so there is no document to read.",
    ),
    "unsafe_xml": (
        "Tệp Word chứa khai báo thực thể XML, điều mà Word không bao giờ tạo ra; không mở vì lý do an toàn. "
        "Kiểm tra nguồn của tệp.",
        "The Word file declares XML entities, which Word never does; it was not opened, for safety. Check where the "
        "file comes from.",
    ),
    "no_converter": (
        "Máy này chưa có chương trình đọc tệp {kind}. Cài LibreOffice (libreoffice-writer) hoặc antiword, "
        "hoặc lưu tệp thành .docx.",
        "This machine has no program that reads {kind} files. Install LibreOffice (libreoffice-writer) or antiword, "
        "or save the file as .docx.",
    ),
    "no_ocr": (
        "Tệp là ảnh quét ({pages} trang) mà máy này chưa có chương trình nhận dạng chữ. Cài tesseract-ocr và "
        "tesseract-ocr-vie rồi đọc lại.",
        "The file is a scan ({pages} pages) and this machine has no text recognition. Install tesseract-ocr and "
        "tesseract-ocr-vie, then read it again.",
    ),
    "scan_unread": (
        "Tệp là ảnh quét ({pages} trang) nhưng không nhận dạng được chữ nào. Quét lại rõ hơn (300 dpi, thẳng trang).",
        "The file is a scan ({pages} pages) in which no words could be recognised. Scan it again, sharper (300 dpi, "
        "straight).",
    ),
    "picture_too_large": (
        "Ảnh quá lớn: {size} triệu điểm ảnh, giới hạn là {limit} triệu. Giảm kích thước ảnh rồi thử lại.",
        "The picture is too large: {size} million pixels, the limit is {limit} million. Scale it down and try again.",
    ),
    # warnings about pages
    "unread_pages": (
        "{count} trong {total} trang không đọc được: trang {pages}. Đối chiếu các trang này với bản gốc.",
        "{count} of {total} pages not read: page {pages}. See the original for these pages.",
    ),
    "unread_pages_no_ocr": (
        "{count} trong {total} trang là ảnh quét, chưa đọc: trang {pages}. Cài tesseract-ocr và tesseract-ocr-vie "
        "rồi đọc lại.",
        "{count} of {total} pages are scans and were not read: page {pages}. Install tesseract-ocr and "
        "tesseract-ocr-vie, then read the file again.",
    ),
    "too_many_pages": (
        "{count} trong {total} trang không đọc vì chỉ đọc {limit} trang đầu. Tách tệp để đọc phần còn lại.",
        "{count} of {total} pages not read: only the first {limit} are. Split the file to have the rest read.",
    ),
    "low_confidence": (
        "{count} trong {total} trang nhận dạng kém tin cậy: trang {pages}. Đối chiếu số và ngày với bản gốc.",
        "{count} of {total} pages recognised with low confidence: page {pages}. Compare numbers and dates with the "
        "original.",
    ),
    "layer_replaced": (
        "Lớp chữ của {count} trong {total} trang bị hỏng, đã nhận dạng lại từ ảnh trang: trang {pages}. "
        "Lớp chữ cũ vẫn được giữ kèm.",
        "The text layer of {count} of {total} pages is damaged; they were recognised from the page's picture: page "
        "{pages}. The old layer is kept beside it.",
    ),
    "handwritten": (
        "Trang {page}: chỗ viết tay hoặc không rõ, để trống: {places}. Xem bản gốc.",
        "Page {page}: handwritten or unclear, left blank: {places}. See the original.",
    ),
    "disputed_digits": (
        "Trang {page}: các lần nhận dạng cho chữ số khác nhau: {places}. Đối chiếu với bản gốc.",
        "Page {page}: the digits were recognised differently at different sizes: {places}. Compare with the original.",
    ),
    # warnings about a whole document
    "plain_converter": (
        "Tệp .doc được đọc bằng {tool}; bảng và khung chữ có thể thiếu. Cài LibreOffice để đọc đầy đủ hơn.",
        "The .doc was read by {tool}; tables and text boxes may be incomplete. Install LibreOffice for a fuller text.",
    ),
    # warnings about characters
    "cut_short": (
        "Tệp bị cắt ngang ở cuối; phần còn lại vẫn được đọc. Chép lại tệp từ nguồn nếu cần phần cuối.",
        "The file is cut off at its end; what is there was read. Copy it anew if the end matters.",
    ),
    "bad_bytes": (
        "{count} chỗ không phải chữ hợp lệ trong bảng mã {encoding}, được thay bằng dấu �. Đối chiếu với bản gốc.",
        "{count} places are no valid letters in {encoding} and were replaced by �. Compare with the original.",
    ),
    "nul_bytes": (
        "{count} ký tự NUL trong tệp được thay bằng dấu cách; tệp có thể đã hỏng khi sao chép.",
        "{count} NUL characters in the file were replaced by blanks; the file may have been damaged in copying.",
    ),
    "legacy_font": (
        "Văn bản gõ bằng phông chữ cũ ({encoding}), đã chuyển sang Unicode.",
        "The text was typed in a legacy font encoding ({encoding}); it was converted to Unicode.",
    ),
}


def notice(code: str, **values: object) -> Notice:
    """The notice with that code, its blanks filled with ``values``. Raises ``KeyError`` for an unknown code."""
    vi, en = _SENTENCES[code]
    return Notice(code, vi.format(**values), en.format(**values))


def refused(code: str, **values: object) -> Refused:
    """The refusal with that code, ready to be raised."""
    return Refused(notice(code, **values))
