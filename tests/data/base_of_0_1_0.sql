PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO meta VALUES('schema','d40d4310');
INSERT INTO meta VALUES('generation','28');
INSERT INTO meta VALUES('next_document','23');
CREATE TABLE file (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	format TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	reader_version TEXT NOT NULL, 
	hints TEXT NOT NULL, 
	pages TEXT NOT NULL, 
	notices TEXT NOT NULL, 
	own TEXT, 
	own_original TEXT, 
	own_corrected BOOLEAN NOT NULL, 
	base TEXT NOT NULL, 
	tail TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	series TEXT, 
	date TEXT, 
	title TEXT, 
	name_key TEXT, 
	document_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO file VALUES(1,'plans/ninh-thuan-18-kh-skhcn-2022.md','402374b34fbbd7f7a610f114c245f59b9224469bef1863438392c5ea99072f14','md',1574,'3','{"province":null,"attributes":{}}','[]','[]','{"number":"18/KH-SKHCN","code":"KH-SKHCN","type":"ke-hoach","date":"2022-01-06","adopted":null,"body":"SKHCN","province":"Ninh Thuận","unit":null,"place":"Ninh Thuận","title":"Phát động phong trào thi đua công tác cải cách hành chính năm 2022 của Sở Khoa học và Công nghệ tỉnh Ninh Thuận","signer":null,"repairs":[]}',NULL,0,'ninh-thuan//skhcn/kh/18','/skhcn/kh/18','',NULL,'2022-01-06','Phát động phong trào thi đua công tác cải cách hành chính năm 2022 của Sở Khoa học và Công nghệ tỉnh Ninh Thuận',NULL,2);
INSERT INTO file VALUES(2,'plans/ninh-thuan-2395-qd-ubnd-2021.txt','ba2ab89f5a1de85ebf207cc078203bb6fe1c8f57eb6d9b45c688c6c5d9b93d66','txt',1299,'3','{"province":null,"attributes":{}}','[]','[]','{"number":"2395/QĐ-UBND","code":"QĐ-UBND","type":"quyet-dinh-ubnd","date":"2021-12-24","adopted":null,"body":"UBND","province":"Ninh Thuận","unit":null,"place":"Ninh Thuận","title":"Về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022","signer":null,"repairs":[]}',NULL,0,'ninh-thuan//ubnd/qd/2395','/ubnd/qd/2395','',NULL,'2021-12-24','Về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022',NULL,3);
INSERT INTO file VALUES(3,'plans/quang-ngai-93-nq-hdnd-2021.html','c4fcd8b8180e64234f80365c84208291c0ac95edb3863acef5197403f7781007','html',1037,'3','{"province":null,"attributes":{}}','[]','[]','{"number":"93/NQ-HĐND","code":"NQ-HĐND","type":"nghi-quyet-hdnd","date":"2021-12-08","adopted":null,"body":"HĐND","province":"Quảng Ngãi","unit":null,"place":"Quảng Ngãi","title":"Về đẩy mạnh cải cách hành chính, nâng cao thứ hạng các chỉ số cải cách hành chính, hiệu quả quản trị và hành chính công, năng lực cạnh tranh cấp tỉnh","signer":null,"repairs":[]}',NULL,0,'quang-ngai//hdnd/nq/93','/hdnd/nq/93','',NULL,'2021-12-08','Về đẩy mạnh cải cách hành chính, nâng cao thứ hạng các chỉ số cải cách hành chính, hiệu quả quản trị và hành chính công, năng lực cạnh tranh cấp tỉnh',NULL,5);
INSERT INTO file VALUES(6,'plans/tw-24-2014-nd-cp.txt','cc4343f342711dafc1f8667f72300aa30049f8ad43fdb2f3c62221de8d722b30','txt',1051,'3','{"province":null,"attributes":{}}','[]','[]','{"number":"24/2014/NĐ-CP","code":"NĐ-CP","type":"nghi-dinh","date":"2014-04-04","adopted":null,"body":"CP","province":null,"unit":null,"place":"Hà Nội","title":"Quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương","signer":null,"repairs":[]}',NULL,0,'tw//cp/nd/24','/cp/nd/24','','2014','2014-04-04','Quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương',NULL,13);
INSERT INTO file VALUES(7,'plans/quang-ngai-kh-cchc-skhcn-2021.md','c9a4082c99eda496f6f20836edec86c800248f9a51eac5c543d67c02471d8210','md',1112,'3','{"province":null,"attributes":{}}','[]','[]','{"number":null,"code":null,"type":"ke-hoach","date":null,"adopted":null,"body":"SKHCN","province":"Quảng Ngãi","unit":null,"place":null,"title":"Cải cách hành chính Sở Khoa học và Công nghệ năm 2021","signer":null,"repairs":[]}',NULL,0,'quang-ngai//skhcn/kh/x-c9a4082c','/skhcn/kh/x-c9a4082c','',NULL,NULL,'Cải cách hành chính Sở Khoa học và Công nghệ năm 2021',NULL,21);
CREATE TABLE file_text (
	file_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (file_id)
);
INSERT INTO file_text VALUES(1,replace('**UBND TỈNH NINH THUẬN**\n**SỞ KHOA HỌC VÀ CÔNG NGHỆ**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n**Độc lập - Tự do - Hạnh phúc**\n\nSố: 18/KH-SKHCN\n\n*Ninh Thuận, ngày 06 tháng 01 năm 2022*\n\n# KẾ HOẠCH\n\n**Phát động phong trào thi đua công tác cải cách hành chính năm 2022 của Sở Khoa học và Công nghệ tỉnh Ninh Thuận**\n\nCăn cứ Quyết định số 681/QĐ-UBND ngày 27/10/2021 của Ủy ban nhân dân tỉnh về kế hoạch cải cách hành chính của tỉnh trong năm năm 2021 - 2025;\n\nThực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022 và Kế hoạch số 1535/KH-SKHCN ngày 08/12/2021 của Sở Khoa học và Công nghệ,\n\nSở Khoa học và Công nghệ mở đợt thi đua trong toàn cơ quan với các nội dung dưới đây.\n\n## I. MỤC ĐÍCH\n\n1. Mỗi phòng, mỗi đơn vị trực thuộc nhận một phần việc cụ thể trong kế hoạch chung của tỉnh.\n2. Thủ tục hành chính của ngành được giải quyết đúng hẹn, người dân biết hồ sơ của mình đang ở bước nào.\n\n## II. NỘI DUNG\n\n1. Đối tượng và tiêu chí thi đua: thực hiện theo **Quyết định số 2395/QĐ-UBND** ngày 24/12/2021 của Chủ tịch Ủy ban nhân dân tỉnh.\n2. Duy trì hệ thống quản lý chất lượng theo tiêu chuẩn quốc gia TCVN ISO 9001:2015 tại văn phòng Sở.\n3. Văn bản tham mưu phải đúng trình tự theo quy định tại Luật Ban hành văn bản quy phạm pháp luật.\n\n## III. TỔ CHỨC THỰC HIỆN\n\nVăn phòng Sở tổng hợp kết quả trước ngày 10 tháng 12 năm 2022 và đề xuất khen thưởng.\n\n| **Nơi nhận:** | **GIÁM ĐỐC** |\n|---|---|\n| - Sở Nội vụ; | (Đã ký) |\n| - Các phòng, đơn vị; | |\n| - Lưu: VT, VP. | |\n','\n',char(10)));
INSERT INTO file_text VALUES(2,replace('ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH NINH THUẬN                         Độc lập - Tự do - Hạnh phúc\n\nSố: 2395/QĐ-UBND                   Ninh Thuận, ngày 24 tháng 12 năm 2021\n\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022\n\nỦY BAN NHÂN DÂN TỈNH\n\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\nCăn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;\n\nCăn cứ Quyết định số 681/QĐ-UBND ngày 27/10/2021 của Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận giai đoạn 2021 - 2025;\n\nTheo đề nghị của Giám đốc Sở Nội vụ.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này bản Kế hoạch cải cách hành chính của tỉnh trong năm 2022.\n\nĐiều 2. Từng sở, ban, ngành và từng huyện, thành phố căn cứ phần việc được giao trong bản Kế hoạch để lập kế hoạch của mình, gửi Sở Nội vụ theo dõi.\n\nĐiều 3. Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh và thủ trưởng các cơ quan nêu ở Điều 2 thi hành Quyết định này./.\n\nNơi nhận:                                        CHỦ TỊCH\n- Như Điều 3;                                     (Đã ký)\n- Bộ Nội vụ;\n- Lưu: VT, VXNV.\n','\n',char(10)));
INSERT INTO file_text VALUES(3,replace('HỘI ĐỒNG NHÂN DÂN\nTỈNH QUẢNG NGÃI\n| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 93/NQ-HĐND | Quảng Ngãi, ngày 08 tháng 12 năm 2021\nNGHỊ QUYẾT\nVề đẩy mạnh cải cách hành chính, nâng cao thứ hạng các chỉ số cải cách hành chính, hiệu quả quản trị và hành chính công, năng lực cạnh tranh cấp tỉnh\nHỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG NGÃI\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nCăn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;\nThực hiện Nghị quyết số 04-NQ/TU ngày 18/10/2021 của Hội nghị Tỉnh ủy lần thứ 5 Khóa XX.\nQUYẾT NGHỊ:\nĐiều 1. Đến năm 2025, tỉnh phấn đấu vào nhóm khá của cả nước về các chỉ số cải cách hành chính.\nĐiều 2. Ủy ban nhân dân tỉnh tổ chức thực hiện, mỗi năm báo cáo Hội đồng nhân dân tỉnh vào kỳ họp cuối năm.\nĐiều 3. Thường trực và các Ban của Hội đồng nhân dân tỉnh giám sát việc thực hiện Nghị quyết này./.\nNơi nhận:\n- Chính phủ;\n- UBND tỉnh;\n- Lưu: VT, CTHĐ.\n| CHỦ TỊCH\n(Đã ký)\n','\n',char(10)));
INSERT INTO file_text VALUES(6,replace('CHÍNH PHỦ                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n                                        Độc lập - Tự do - Hạnh phúc\n\nSố: 24/2014/NĐ-CP                  Hà Nội, ngày 04 tháng 04 năm 2014\n\nNGHỊ ĐỊNH\nQuy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương\n\nCăn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;\n\nCăn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;\n\nTheo đề nghị của Bộ trưởng Bộ Nội vụ,\n\nChính phủ ban hành Nghị định quy định tổ chức các cơ quan chuyên môn cấp tỉnh.\n\nĐiều 1. Nghị định này nói về nguyên tắc lập sở, số lượng sở và số lượng phó giám đốc sở.\n\nĐiều 2. Sở là cơ quan chuyên môn thuộc Ủy ban nhân dân cấp tỉnh, có con dấu và tài khoản riêng.\n\nĐiều 3. Nghị định này có hiệu lực thi hành kể từ ngày 20 tháng 5 năm 2014./.\n\nNơi nhận:                                        TM. CHÍNH PHỦ\n- Các bộ, cơ quan ngang bộ;                       THỦ TƯỚNG\n- UBND các tỉnh, thành phố;                        (Đã ký)\n- Lưu: Văn thư, TCCV.\n','\n',char(10)));
INSERT INTO file_text VALUES(7,replace('**UBND TỈNH QUẢNG NGÃI**\n**SỞ KHOA HỌC VÀ CÔNG NGHỆ**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n**Độc lập - Tự do - Hạnh phúc**\n\n# KẾ HOẠCH\n\n**Cải cách hành chính Sở Khoa học và Công nghệ năm 2021**\n\n*(Ban hành kèm theo Quyết định số 335/QĐ-SKHCN ngày 17/11/2020 của Giám đốc Sở Khoa học và Công nghệ)*\n\n## I. YÊU CẦU\n\nBộ máy của Sở được sắp xếp lại theo Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ.\n\n## II. NHIỆM VỤ\n\n1. Thực hiện Nghị định số 24/2014/NĐ-CP và các văn bản sửa đổi khi rà soát chức năng của từng phòng.\n2. Tiếp tục triển khai Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025 đã được UBND tỉnh phê duyệt tại Quyết định số 449/QĐ-UBND ngày 28/6/2017.\n3. Công tác văn thư thực hiện theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.\n4. Kiểm tra việc thực hiện Chỉ thị số 17/CT-UBND ngày 10/11/2016 của Chủ tịch UBND tỉnh về kỷ luật, kỷ cương hành chính.\n\n## III. TỔ CHỨC THỰC HIỆN\n\nVăn phòng Sở đôn đốc hằng quý và báo cáo Sở Nội vụ trước ngày 05/12/2021.\n','\n',char(10)));
CREATE TABLE citation (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	raw TEXT NOT NULL, 
	number TEXT, 
	type TEXT, 
	date TEXT, 
	body TEXT, 
	issuer TEXT, 
	province TEXT, 
	province_known BOOLEAN NOT NULL, 
	unit TEXT, 
	relation TEXT NOT NULL, 
	inverse BOOLEAN NOT NULL, 
	cue TEXT, 
	cue_start INTEGER, 
	aspect TEXT, 
	pinpoint TEXT, 
	title TEXT, 
	parent INTEGER, 
	sentence TEXT NOT NULL, 
	highlight INTEGER NOT NULL, 
	page INTEGER, 
	line INTEGER NOT NULL, 
	confidence FLOAT NOT NULL, 
	repairs TEXT, 
	notes TEXT, 
	original TEXT, 
	base TEXT, 
	tail TEXT, 
	series TEXT, 
	known_by TEXT, 
	status TEXT NOT NULL, 
	method TEXT NOT NULL, 
	name_key TEXT, 
	name_score FLOAT, 
	target_id INTEGER, 
	source_id INTEGER, 
	dest_id INTEGER, 
	votes INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO citation VALUES(1,1,0,335,346,'number','681/QĐ-UBND','681/QĐ-UBND','quyet-dinh-ubnd','2021-10-27','UBND','UBND','Ninh Thuận',1,NULL,'based_on',0,'Căn cứ',314,NULL,NULL,'về kế hoạch cải cách hành chính của tỉnh trong năm năm 2021 - 2025',NULL,'Căn cứ Quyết định số 681/QĐ-UBND ngày 27/10/2021 của Ủy ban nhân dân tỉnh về kế hoạch cải cách hành chính của tỉnh trong năm năm 2021 - 2025;',21,NULL,15,0.95550000000000001598,NULL,NULL,NULL,'ninh-thuan//ubnd/qd/681','/ubnd/qd/681',NULL,NULL,'resolved','date',NULL,NULL,4,2,4,223);
INSERT INTO citation VALUES(2,1,1,481,493,'number','2395/QĐ-UBND','2395/QĐ-UBND','quyet-dinh-ubnd','2021-12-24','UBND','UBND','Ninh Thuận',1,NULL,'implements',0,'Thực hiện',457,'new',NULL,'về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022',NULL,'Thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022 và Kế hoạch số 1535/KH-SKHCN ngày 08/12/2021 của Sở Khoa học và Công nghệ,',24,NULL,17,0.93099999999999993871,NULL,NULL,NULL,'ninh-thuan//ubnd/qd/2395','/ubnd/qd/2395',NULL,NULL,'resolved','date',NULL,NULL,3,2,3,223);
INSERT INTO citation VALUES(3,1,2,630,643,'number','1535/KH-SKHCN','1535/KH-SKHCN','ke-hoach','2021-12-08','SKHCN',NULL,'Ninh Thuận',1,NULL,'implements',0,'Thực hiện',457,'new',NULL,NULL,NULL,'Thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022 và Kế hoạch số 1535/KH-SKHCN ngày 08/12/2021 của Sở Khoa học và Công nghệ,',173,NULL,17,0.85749999999999992894,NULL,NULL,NULL,'ninh-thuan//skhcn/kh/1535','/skhcn/kh/1535',NULL,NULL,'resolved','date',NULL,NULL,1,2,1,31);
INSERT INTO citation VALUES(4,1,3,1075,1087,'number','2395/QĐ-UBND','2395/QĐ-UBND','quyet-dinh-ubnd','2021-12-24','UBND','Chủ tịch UBND','Ninh Thuận',1,NULL,'implements',0,'thực hiện',1044,'new',NULL,NULL,NULL,'1. Đối tượng và tiêu chí thi đua: thực hiện theo **Quyết định số 2395/QĐ-UBND** ngày 24/12/2021 của Chủ tịch Ủy ban nhân dân tỉnh.',65,NULL,28,0.88200000000000000621,NULL,NULL,NULL,'ninh-thuan//ubnd/qd/2395','/ubnd/qd/2395',NULL,NULL,'resolved','date',NULL,NULL,3,2,3,128);
INSERT INTO citation VALUES(5,1,4,1205,1223,'standard','TCVN ISO 9001:2015','TCVN ISO 9001:2015','tcvn',NULL,NULL,NULL,NULL,1,NULL,'conforms_to',0,'theo',1180,NULL,NULL,NULL,NULL,'2. Duy trì hệ thống quản lý chất lượng theo tiêu chuẩn quốc gia TCVN ISO 9001:2015 tại văn phòng Sở.',64,NULL,29,0.84875000000000000444,NULL,NULL,NULL,'tc///tc/tcvn-iso-9001-2015','//tc/tcvn-iso-9001-2015','',NULL,'resolved','key',NULL,NULL,10,2,10,3);
INSERT INTO citation VALUES(6,1,5,1299,1339,'named','Luật Ban hành văn bản quy phạm pháp luật',NULL,'luat',NULL,'QH',NULL,NULL,1,NULL,'cites',0,'theo quy định',1281,NULL,NULL,'Luật Ban hành văn bản quy phạm pháp luật',NULL,'3. Văn bản tham mưu phải đúng trình tự theo quy định tại Luật Ban hành văn bản quy phạm pháp luật.',57,NULL,30,0.83124999999999993338,NULL,NULL,NULL,'tw//qh/qh13/80','/qh/qh13/80','2015','law_at_date','resolved','law_at_date',NULL,NULL,19,2,19,74);
INSERT INTO citation VALUES(7,2,0,334,394,'named','Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015',NULL,'luat','2015-06-19','QH',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',327,NULL,NULL,'Luật Tổ chức chính quyền địa phương',NULL,'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;',7,NULL,11,0.92624999999999990674,NULL,NULL,NULL,'tw//qh/qh13/77','/qh/qh13/77','2015','law_at_date','resolved','law_at_date',NULL,NULL,18,3,18,78);
INSERT INTO citation VALUES(8,2,1,418,426,'number','76/NQ-CP','76/NQ-CP','nghi-quyet-cp','2021-07-15','CP',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',397,NULL,NULL,'ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030',NULL,'Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;',21,NULL,13,0.95550000000000001598,NULL,NULL,NULL,'tw//cp/nq/76','/cp/nq/76','2021i',NULL,'resolved','key','tw/|chuong-trinh|2021-2030',NULL,15,3,15,79);
INSERT INTO citation VALUES(9,2,2,561,572,'number','681/QĐ-UBND','681/QĐ-UBND','quyet-dinh-ubnd','2021-10-27','UBND','UBND','Ninh Thuận',1,NULL,'based_on',0,'Căn cứ',540,NULL,NULL,'ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận giai đoạn 2021 - 2025',NULL,'Căn cứ Quyết định số 681/QĐ-UBND ngày 27/10/2021 của Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận giai đoạn 2021 - 2025;',21,NULL,15,0.95550000000000001598,NULL,NULL,NULL,'ninh-thuan//ubnd/qd/681','/ubnd/qd/681',NULL,NULL,'resolved','date','ninh-thuan/|ke-hoach|2021-2025',NULL,4,3,4,223);
INSERT INTO citation VALUES(10,3,0,356,416,'named','Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015',NULL,'luat','2015-06-19','QH',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',349,NULL,NULL,'Luật Tổ chức chính quyền địa phương',NULL,'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;',7,NULL,9,0.92624999999999990674,NULL,NULL,NULL,'tw//qh/qh13/77','/qh/qh13/77','2015','law_at_date','resolved','law_at_date',NULL,NULL,18,5,18,78);
INSERT INTO citation VALUES(11,3,1,439,447,'number','76/NQ-CP','76/NQ-CP','nghi-quyet-cp','2021-07-15','CP',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',418,NULL,NULL,'ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030',NULL,'Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;',21,NULL,10,0.95550000000000001598,NULL,NULL,NULL,'tw//cp/nq/76','/cp/nq/76','2021i',NULL,'resolved','key','tw/|chuong-trinh|2021-2030',NULL,15,5,15,79);
INSERT INTO citation VALUES(12,3,2,584,592,'number','04-NQ/TU','04-NQ/TU','d-nghi-quyet','2021-10-18','TU',NULL,'Quảng Ngãi',1,NULL,'implements',0,'Thực hiện',560,'new',NULL,NULL,NULL,'Thực hiện Nghị quyết số 04-NQ/TU ngày 18/10/2021 của Hội nghị Tỉnh ủy lần thứ 5 Khóa XX.',24,NULL,11,0.93099999999999993871,NULL,NULL,NULL,'quang-ngai//tu/nq/04','/tu/nq/04',NULL,NULL,'resolved','date',NULL,NULL,7,5,7,31);
INSERT INTO citation VALUES(23,6,0,327,375,'named','Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001',NULL,'luat','2001-12-25','QH',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',320,NULL,NULL,'Luật Tổ chức Chính phủ',NULL,'Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;',7,NULL,9,0.92624999999999990674,NULL,NULL,NULL,'tw//qh/qh10/32','/qh/qh10/32','2001','law_at_date','resolved','law_at_date',NULL,NULL,16,13,16,78);
INSERT INTO citation VALUES(24,6,1,385,460,'named','Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003',NULL,'luat','2003-11-26','QH',NULL,NULL,1,NULL,'based_on',0,'Căn cứ',378,NULL,NULL,'Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân',NULL,'Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;',7,NULL,11,0.92624999999999990674,NULL,NULL,NULL,'tw//qh/qh11/11','/qh/qh11/11','2003','law_at_date','resolved','law_at_date',NULL,NULL,17,13,17,78);
INSERT INTO citation VALUES(25,7,0,232,244,'number','335/QĐ-SKHCN','336/QĐ-SKHCN','quyet-dinh-cb','2020-11-17','SKHCN',NULL,'Quảng Ngãi',1,NULL,'promulgated_by',0,'Ban hành kèm theo',200,NULL,NULL,NULL,NULL,'(Ban hành kèm theo Quyết định số 335/QĐ-SKHCN ngày 17/11/2020 của Giám đốc Sở Khoa học và Công nghệ)',33,NULL,11,0.93099999999999993871,NULL,'["corrected:number"]','{"notes":[],"number":"335/QĐ-SKHCN"}','quang-ngai//skhcn/qd/336','/skhcn/qd/336',NULL,NULL,'resolved','date',NULL,NULL,22,21,22,31);
INSERT INTO citation VALUES(26,7,1,366,380,'number','107/2020/NĐ-CP','107/2020/NĐ-CP','nghi-dinh','2020-09-14','CP',NULL,NULL,1,NULL,'implements',0,'theo',348,NULL,NULL,'sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ',NULL,'Bộ máy của Sở được sắp xếp lại theo Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ.',49,NULL,15,0.85749999999999992894,NULL,'["corrected:relation"]','{"notes":[],"relation":"cites"}','tw//cp/nd/107','/cp/nd/107','2020',NULL,'resolved','key',NULL,NULL,11,21,11,79);
INSERT INTO citation VALUES(27,7,2,456,469,'number','24/2014/NĐ-CP','24/2014/NĐ-CP','nghi-dinh','2014-04-04','CP',NULL,NULL,1,NULL,'amends',0,'sửa đổi, bổ sung',410,NULL,NULL,NULL,1,'Bộ máy của Sở được sắp xếp lại theo Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ.',139,NULL,15,0.93099999999999993871,NULL,NULL,NULL,'tw//cp/nd/24','/cp/nd/24','2014',NULL,'resolved','key',NULL,NULL,13,11,13,15);
INSERT INTO citation VALUES(28,7,3,554,567,'number','24/2014/NĐ-CP','24/2014/NĐ-CP','nghi-dinh',NULL,'CP',NULL,NULL,1,NULL,'implements',0,'Thực hiện',531,'new',NULL,NULL,NULL,'1. Thực hiện Nghị định số 24/2014/NĐ-CP và các văn bản sửa đổi khi rà soát chức năng của từng phòng.',26,NULL,19,0.93099999999999993871,NULL,NULL,NULL,'tw//cp/nd/24','/cp/nd/24','2014',NULL,'resolved','key',NULL,NULL,13,21,13,0);
INSERT INTO citation VALUES(29,7,4,652,722,'named','Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025','449/QĐ-UBND','quyet-dinh-ubnd','2017-06-28','UBND',NULL,'Quảng Ngãi',1,NULL,'implements',0,'triển khai',641,'continue',NULL,'Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025',NULL,replace('2. Tiếp tục triển khai Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025 đã được UBND tỉnh phê duyệt tại Quyết định số 449/QĐ-UBND ngày 28/6/2017.\n3. Công tác văn thư thực hiện theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.','\n',char(10)),23,NULL,20,0.9000000000000000222,NULL,NULL,NULL,'quang-ngai//ubnd/qd/449','/ubnd/qd/449',NULL,'number_behind_name','resolved','date','quang-ngai/|de-an|2017-2025',NULL,9,21,9,95);
INSERT INTO citation VALUES(30,7,5,769,780,'number','449/QĐ-UBND','449/QĐ-UBND','quyet-dinh-ubnd','2017-06-28','UBND',NULL,'Quảng Ngãi',1,NULL,'promulgated_by',0,'phê duyệt tại',741,NULL,NULL,NULL,NULL,replace('2. Tiếp tục triển khai Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025 đã được UBND tỉnh phê duyệt tại Quyết định số 449/QĐ-UBND ngày 28/6/2017.\n3. Công tác văn thư thực hiện theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.','\n',char(10)),140,NULL,20,0.93099999999999993871,NULL,NULL,NULL,'quang-ngai//ubnd/qd/449','/ubnd/qd/449',NULL,NULL,'resolved','date',NULL,NULL,9,21,9,0);
INSERT INTO citation VALUES(31,7,6,845,858,'number','30/2020/NĐ-CP','30/2020/NĐ-CP','nghi-dinh','2020-03-05','CP',NULL,NULL,1,NULL,'implements',0,'thực hiện',817,'new',NULL,NULL,NULL,replace('2. Tiếp tục triển khai Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025 đã được UBND tỉnh phê duyệt tại Quyết định số 449/QĐ-UBND ngày 28/6/2017.\n3. Công tác văn thư thực hiện theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.','\n',char(10)),216,NULL,21,0.88200000000000000621,NULL,NULL,NULL,'tw//cp/nd/30','/cp/nd/30','2020',NULL,'resolved','key',NULL,NULL,14,21,14,15);
INSERT INTO citation VALUES(32,7,7,927,937,'number','17/CT-UBND','17/CT-UBND','chi-thi-ubnd','2016-11-10','UBND','Chủ tịch UBND','Quảng Ngãi',1,NULL,'monitors',0,'Kiểm tra việc thực hiện',892,NULL,NULL,'về kỷ luật, kỷ cương hành chính',NULL,'4. Kiểm tra việc thực hiện Chỉ thị số 17/CT-UBND ngày 10/11/2016 của Chủ tịch UBND tỉnh về kỷ luật, kỷ cương hành chính.',38,NULL,22,0.90649999999999997246,NULL,NULL,NULL,'quang-ngai//ubnd/ct/17','/ubnd/ct/17',NULL,NULL,'resolved','correction',NULL,NULL,9,21,9,199);
CREATE TABLE candidate (
	citation_id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	PRIMARY KEY (citation_id, document_id)
);
CREATE TABLE document (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	base TEXT NOT NULL, 
	tail TEXT NOT NULL, 
	place TEXT NOT NULL, 
	organ TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	ordinal TEXT NOT NULL, 
	year TEXT, 
	series TEXT, 
	scope TEXT NOT NULL, 
	anchor TEXT, 
	number TEXT, 
	type TEXT, 
	date TEXT, 
	body TEXT, 
	province TEXT, 
	unit TEXT, 
	title TEXT, 
	held BOOLEAN NOT NULL, 
	cited_by INTEGER NOT NULL, 
	cites INTEGER NOT NULL, 
	name_score FLOAT, 
	evidence TEXT NOT NULL, 
	ended TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (slug)
);
INSERT INTO document VALUES(1,'ninh-thuan/skhcn/2021/kh/1535','ninh-thuan//skhcn/kh/1535','/skhcn/kh/1535','ninh-thuan','skhcn','kh','1535','2021',NULL,'','2021-12-08','1535/KH-SKHCN','ke-hoach','2021-12-08','SKHCN','Ninh Thuận',NULL,NULL,0,1,0,NULL,'{"number":[["1535/KH-SKHCN",1,false]],"type":[["ke-hoach",1,false]],"date":[["2021-12-08",1,false]],"body":[["SKHCN",1,false]],"province":[["Ninh Thuận",1,false]]}',NULL);
INSERT INTO document VALUES(2,'ninh-thuan/skhcn/2022/kh/18','ninh-thuan//skhcn/kh/18','/skhcn/kh/18','ninh-thuan','skhcn','kh','18','2022',NULL,'','2022-01-06','18/KH-SKHCN','ke-hoach','2022-01-06','SKHCN','Ninh Thuận',NULL,'Phát động phong trào thi đua công tác cải cách hành chính năm 2022 của Sở Khoa học và Công nghệ tỉnh Ninh Thuận',1,0,5,NULL,'{"number":[["18/KH-SKHCN",1,true]],"type":[["ke-hoach",1,true]],"date":[["2022-01-06",1,true]],"body":[["SKHCN",1,true]],"province":[["Ninh Thuận",1,true]],"title":[["Phát động phong trào thi đua công tác cải cách hành chính năm 2022 của Sở Khoa học và Công nghệ tỉnh Ninh Thuận",1,true]]}',NULL);
INSERT INTO document VALUES(3,'ninh-thuan/ubnd/2021/qd/2395','ninh-thuan//ubnd/qd/2395','/ubnd/qd/2395','ninh-thuan','ubnd','qd','2395','2021',NULL,'','2021-12-24','2395/QĐ-UBND','quyet-dinh-ubnd','2021-12-24','UBND','Ninh Thuận',NULL,'Về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022',1,1,3,NULL,'{"number":[["2395/QĐ-UBND",2,true]],"type":[["quyet-dinh-ubnd",2,true]],"date":[["2021-12-24",2,true]],"body":[["UBND",2,true]],"province":[["Ninh Thuận",2,true]],"title":[["Về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022",1,true],["về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022",1,false]],"issuer":[["UBND",1,false],["Chủ tịch UBND",1,false]]}',NULL);
INSERT INTO document VALUES(4,'ninh-thuan/ubnd/2021/qd/681','ninh-thuan//ubnd/qd/681','/ubnd/qd/681','ninh-thuan','ubnd','qd','681','2021',NULL,'','2021-10-27','681/QĐ-UBND','quyet-dinh-ubnd','2021-10-27','UBND','Ninh Thuận',NULL,'ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận giai đoạn 2021 - 2025',0,2,0,NULL,'{"number":[["681/QĐ-UBND",2,false]],"type":[["quyet-dinh-ubnd",2,false]],"date":[["2021-10-27",2,false]],"body":[["UBND",2,false]],"province":[["Ninh Thuận",2,false]],"title":[["ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận giai đoạn 2021 - 2025",1,false],["về kế hoạch cải cách hành chính của tỉnh trong năm năm 2021 - 2025",1,false]],"issuer":[["UBND",2,false]]}',NULL);
INSERT INTO document VALUES(5,'quang-ngai/hdnd/2021/nq/93','quang-ngai//hdnd/nq/93','/hdnd/nq/93','quang-ngai','hdnd','nq','93','2021',NULL,'','2021-12-08','93/NQ-HĐND','nghi-quyet-hdnd','2021-12-08','HĐND','Quảng Ngãi',NULL,'Về đẩy mạnh cải cách hành chính, nâng cao thứ hạng các chỉ số cải cách hành chính, hiệu quả quản trị và hành chính công, năng lực cạnh tranh cấp tỉnh',1,0,3,NULL,'{"number":[["93/NQ-HĐND",1,true]],"type":[["nghi-quyet-hdnd",1,true]],"date":[["2021-12-08",1,true]],"body":[["HĐND",1,true]],"province":[["Quảng Ngãi",1,true]],"title":[["Về đẩy mạnh cải cách hành chính, nâng cao thứ hạng các chỉ số cải cách hành chính, hiệu quả quản trị và hành chính công, năng lực cạnh tranh cấp tỉnh",1,true]]}',NULL);
INSERT INTO document VALUES(7,'quang-ngai/tu/2021/nq/04','quang-ngai//tu/nq/04','/tu/nq/04','quang-ngai','tu','nq','4','2021',NULL,'','2021-10-18','04-NQ/TU','d-nghi-quyet','2021-10-18','TU','Quảng Ngãi',NULL,NULL,0,1,0,NULL,'{"number":[["04-NQ/TU",1,false]],"type":[["d-nghi-quyet",1,false]],"date":[["2021-10-18",1,false]],"body":[["TU",1,false]],"province":[["Quảng Ngãi",1,false]]}',NULL);
INSERT INTO document VALUES(9,'quang-ngai/ubnd/2017/qd/449','quang-ngai//ubnd/qd/449','/ubnd/qd/449','quang-ngai','ubnd','qd','449','2017',NULL,'','2017-06-28','449/QĐ-UBND','quyet-dinh-ubnd','2017-06-28','UBND','Quảng Ngãi',NULL,'Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025',0,1,0,NULL,'{"number":[["449/QĐ-UBND",1,false],["17/CT-UBND",1,false]],"type":[["quyet-dinh-ubnd",1,false],["chi-thi-ubnd",1,false]],"date":[["2017-06-28",1,false],["2016-11-10",1,false]],"body":[["UBND",1,false]],"province":[["Quảng Ngãi",1,false]],"title":[["Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập giai đoạn 2017 - 2025",1,false],["về kỷ luật, kỷ cương hành chính",1,false]],"issuer":[["Chủ tịch UBND",1,false]]}',NULL);
INSERT INTO document VALUES(10,'tc/tcvn-iso-9001-2015','tc///tc/tcvn-iso-9001-2015','//tc/tcvn-iso-9001-2015','tc','','tc','tcvn',NULL,'','',NULL,'TCVN ISO 9001:2015','tcvn',NULL,NULL,NULL,NULL,NULL,0,1,0,NULL,'{"number":[["TCVN ISO 9001:2015",1,false]],"type":[["tcvn",1,false]]}',NULL);
INSERT INTO document VALUES(11,'tw/cp/2020/nd/107','tw//cp/nd/107','/cp/nd/107','tw','cp','nd','107','2020','2020','','2020-09-14','107/2020/NĐ-CP','nghi-dinh','2020-09-14','CP',NULL,NULL,'sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ',0,1,1,NULL,'{"number":[["107/2020/NĐ-CP",1,false]],"type":[["nghi-dinh",1,false]],"date":[["2020-09-14",1,false]],"body":[["CP",1,false]],"title":[["sửa đổi, bổ sung một số điều của Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ",1,false]]}',NULL);
INSERT INTO document VALUES(13,'tw/cp/2014/nd/24','tw//cp/nd/24','/cp/nd/24','tw','cp','nd','24','2014','2014','','2014-04-04','24/2014/NĐ-CP','nghi-dinh','2014-04-04','CP',NULL,NULL,'Quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương',1,2,2,NULL,'{"number":[["24/2014/NĐ-CP",2,true]],"type":[["nghi-dinh",2,true]],"date":[["2014-04-04",2,true]],"body":[["CP",2,true]],"title":[["Quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương",1,true]]}',NULL);
INSERT INTO document VALUES(14,'tw/cp/2020/nd/30','tw//cp/nd/30','/cp/nd/30','tw','cp','nd','30','2020','2020','','2020-03-05','30/2020/NĐ-CP','nghi-dinh','2020-03-05','CP',NULL,NULL,NULL,0,1,0,NULL,'{"number":[["30/2020/NĐ-CP",1,false]],"type":[["nghi-dinh",1,false]],"date":[["2020-03-05",1,false]],"body":[["CP",1,false]]}',NULL);
INSERT INTO document VALUES(15,'tw/cp/2021/nq/76','tw//cp/nq/76','/cp/nq/76','tw','cp','nq','76','2021','2021i','','2021-07-15','76/NQ-CP','nghi-quyet-cp','2021-07-15','CP',NULL,NULL,'ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030',0,2,0,NULL,'{"number":[["76/NQ-CP",2,false]],"type":[["nghi-quyet-cp",2,false]],"date":[["2021-07-15",2,false]],"body":[["CP",2,false]],"title":[["ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030",2,false]]}',NULL);
INSERT INTO document VALUES(16,'tw/qh/2001/qh10/32','tw//qh/qh10/32','/qh/qh10/32','tw','qh','qh10','32','2001','2001','','2001-12-25','32/2001/QH10','luat','2001-12-25','QH',NULL,NULL,'Luật Tổ chức Chính phủ',0,1,0,NULL,'{"type":[["luat",1,false]],"date":[["2001-12-25",1,false]],"body":[["QH",1,false]],"title":[["Luật Tổ chức Chính phủ",1,false]]}',NULL);
INSERT INTO document VALUES(17,'tw/qh/2003/qh11/11','tw//qh/qh11/11','/qh/qh11/11','tw','qh','qh11','11','2003','2003','','2003-11-26','11/2003/QH11','luat','2003-11-26','QH',NULL,NULL,'Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân',0,1,0,NULL,'{"type":[["luat",1,false]],"date":[["2003-11-26",1,false]],"body":[["QH",1,false]],"title":[["Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",1,false]]}',NULL);
INSERT INTO document VALUES(18,'tw/qh/2015/qh13/77','tw//qh/qh13/77','/qh/qh13/77','tw','qh','qh13','77','2015','2015','','2015-06-19','77/2015/QH13','luat','2015-06-19','QH',NULL,NULL,'Luật Tổ chức chính quyền địa phương',0,2,0,NULL,'{"type":[["luat",2,false]],"date":[["2015-06-19",2,false]],"body":[["QH",2,false]],"title":[["Luật Tổ chức chính quyền địa phương",2,false]]}',NULL);
INSERT INTO document VALUES(19,'tw/qh/2015/qh13/80','tw//qh/qh13/80','/qh/qh13/80','tw','qh','qh13','80','2015','2015','',NULL,'80/2015/QH13','luat','2015-06-22','QH',NULL,NULL,'Luật Ban hành văn bản quy phạm pháp luật',0,1,0,NULL,'{"type":[["luat",1,false]],"body":[["QH",1,false]],"title":[["Luật Ban hành văn bản quy phạm pháp luật",1,false]]}',NULL);
INSERT INTO document VALUES(21,'quang-ngai/skhcn/x/kh/x-c9a4082c','quang-ngai//skhcn/kh/x-c9a4082c','/skhcn/kh/x-c9a4082c','quang-ngai','skhcn','kh','x',NULL,NULL,'c9a4082c',NULL,NULL,'ke-hoach',NULL,'SKHCN','Quảng Ngãi',NULL,'Cải cách hành chính Sở Khoa học và Công nghệ năm 2021',1,0,5,NULL,'{"type":[["ke-hoach",1,true]],"body":[["SKHCN",1,true]],"province":[["Quảng Ngãi",1,true]],"title":[["Cải cách hành chính Sở Khoa học và Công nghệ năm 2021",1,true]]}',NULL);
INSERT INTO document VALUES(22,'quang-ngai/skhcn/2020/qd/336','quang-ngai//skhcn/qd/336','/skhcn/qd/336','quang-ngai','skhcn','qd','336','2020',NULL,'','2020-11-17','336/QĐ-SKHCN','quyet-dinh-cb','2020-11-17','SKHCN','Quảng Ngãi',NULL,NULL,0,1,0,NULL,'{"number":[["336/QĐ-SKHCN",1,false]],"type":[["quyet-dinh-cb",1,false]],"date":[["2020-11-17",1,false]],"body":[["SKHCN",1,false]],"province":[["Quảng Ngãi",1,false]]}',NULL);
CREATE TABLE redirect (
	old TEXT NOT NULL, 
	new TEXT NOT NULL, 
	PRIMARY KEY (old)
);
INSERT INTO redirect VALUES('quang-ngai/skhcn/2020/qd/335','');
INSERT INTO redirect VALUES('quang-ngai/ubnd/2016/ct/17','quang-ngai/ubnd/2017/qd/449');
INSERT INTO redirect VALUES('tw/cp/2004/nd/110','');
INSERT INTO redirect VALUES('tw/ubtvqh/2001/pl/phap-lenh-luu-tru-quoc-gia','');
CREATE TABLE dirty_base (
	base TEXT NOT NULL, 
	PRIMARY KEY (base)
);
CREATE TABLE dirty_file (
	file_id INTEGER NOT NULL, 
	PRIMARY KEY (file_id)
);
CREATE TABLE dirty_document (
	document_id INTEGER NOT NULL, 
	PRIMARY KEY (document_id)
);
CREATE TABLE finding (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	document_id INTEGER, 
	file_id INTEGER, 
	citation_id INTEGER, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO finding VALUES(3,'issuer_conflict','info',3,NULL,NULL,'{"issuers":[{"value":"UBND","texts":1,"own":false},{"value":"Chủ tịch UBND","texts":1,"own":false}]}');
INSERT INTO finding VALUES(4,'blank_number','warning',21,7,NULL,'{"code":null}');
INSERT INTO finding VALUES(5,'blank_date','info',21,7,NULL,'{"date":null}');
INSERT INTO finding VALUES(6,'date_conflict','warning',9,NULL,NULL,'{"dates":[{"value":"2017-06-28","texts":1,"own":false},{"value":"2016-11-10","texts":1,"own":false}]}');
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	value TEXT NOT NULL, 
	author TEXT NOT NULL, 
	date TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO correction VALUES(1,'number','plans/quang-ngai-kh-cchc-skhcn-2021.md@232','336/QĐ-SKHCN','Lan','2026-01-02','Bản giấy ghi 336');
INSERT INTO correction VALUES(2,'relation','plans/quang-ngai-kh-cchc-skhcn-2021.md@366','implements','Lan','2026-01-02','Kế hoạch thực hiện nghị định này');
INSERT INTO correction VALUES(3,'merge','quang-ngai/ubnd/2016/ct/17','quang-ngai/ubnd/2017/qd/449','Lan','2026-01-02','Một văn bản, hai cách ghi');
CREATE INDEX file_document ON file (document_id);
CREATE INDEX file_base ON file (base);
CREATE INDEX file_name ON file (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX citation_out ON citation (source_id, relation, dest_id);
CREATE INDEX citation_base ON citation (base, series, file_id);
CREATE INDEX citation_status ON citation (status, kind);
CREATE INDEX citation_name ON citation (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX citation_in ON citation (dest_id, relation, source_id);
CREATE INDEX citation_score ON citation (target_id, name_score) WHERE name_score IS NOT NULL;
CREATE INDEX citation_target ON citation (target_id);
CREATE INDEX citation_file ON citation (file_id, n);
CREATE INDEX candidate_document ON candidate (document_id);
CREATE INDEX document_base ON document (base);
CREATE INDEX document_cited ON document (cited_by);
CREATE INDEX document_ordinal ON document (ordinal, kind, organ);
CREATE INDEX document_register ON document (place, organ, kind, year);
CREATE INDEX document_tail ON document (tail);
CREATE INDEX finding_file ON finding (file_id);
CREATE INDEX finding_kind ON finding (kind);
CREATE INDEX finding_document ON finding (document_id, file_id);
COMMIT;
