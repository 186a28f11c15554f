package document_test

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
)

// The papers below are made up, numbers and names included.

var zone = time.FixedZone("+05", 5*60*60)

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

var authority = document.Letterhead{
	Name: lang.Text{
		KK: "«Батыс Қазақстан облысының жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы» мемлекеттік мекемесі",
		RU: "Государственное учреждение «Управление координации занятости и социальных программ Западно-Казахстанской области»",
	},
	Address: lang.Text{KK: "090000, Батыс Қазақстан облысы, Орал қаласы, Мысалы көшесі, 1", RU: "090000, Западно-Казахстанская область, г. Уральск, ул. Примерная, 1"},
	Phone:   "8 (7112) 00-00-00", Fax: "8 (7112) 00-00-01", BIN: "990140000000", Email: "office@example.kz",
}

var employer = document.Recipient{
	Name:    lang.Text{KK: "«Жайық Үлгі Құрылыс» жауапкершілігі шектеулі серіктестігі", RU: "Товарищество с ограниченной ответственностью «Жайық Үлгі Құрылыс»"},
	BIN:     "170340000009",
	Address: lang.Text{KK: "Орал қаласы, Үлгі көшесі, 7", RU: "г. Уральск, ул. Образцовая, 7"},
}

var head = document.Signatory{Name: "Е. Үлгібаев", Position: lang.Text{KK: "Басқарма басшысы", RU: "Руководитель управления"}}

var executor = document.Executor{Name: "Г. Мысалова", Phone: "8 (7112) 00-00-02"}

var issue = lang.Text{KK: "Рұқсат беру", RU: "Выдача разрешения", EN: "Issue of a permit"}

var paper = document.Paper{
	From: authority, Number: "04-15/218", On: day("2017-07-12"), Case: "27-2017-000042", Applied: day("2017-07-03"),
	Operation: issue, To: employer, Cites: []law.Cite{"WKO 142/2017 ¶ 7(3)"},
	Appeal: lang.Text{
		KK: "Шешімге, әрекетке (әрекетсіздікке) Стандарттың 3-тарауында белгіленген тәртіппен шағым жасауға болады.",
		RU: "Решение, действия (бездействие) могут быть обжалованы в порядке, установленном главой 3 Стандарта.",
	},
	Signatory: head, Executor: executor, URL: "https://ruqsat.example.kz/t/27-2017-000042",
}

var stamp = document.Stamp{
	Signer: "ҮЛГІБАЕВ ЕРЛАН", IIN: "800101300012", Serial: "3f9c07a1d2e84b5560aa12c4",
	At: time.Date(2017, 7, 12, 12, 41, 0, 0, zone), URL: "https://ruqsat.example.kz/v/3f9c07",
}

var slip = document.SlipData{
	From: authority, Case: "27-2017-000042", Code: "7KQM-4XWP", Operation: issue,
	Registered: time.Date(2017, 7, 3, 10, 15, 0, 0, zone), ResultBy: day("2017-07-17"),
	Receiver: "Әубәкірова Қ. Ө.", To: employer, Cite: "WKO 142/2017 ¶ 7(1)", URL: "https://ruqsat.example.kz/t/27-2017-000042?c=7KQM-4XWP",
	Papers: []lang.Text{
		{KK: "Белгіленген нысандағы өтініш", RU: "Заявление по установленной форме"},
		{KK: "Шетелдік жұмыскерлер туралы мәліметтер", RU: "Сведения об иностранных работниках"},
		{KK: "Білімі туралы құжаттардың нотариат куәландырған аудармалары", RU: "Нотариально засвидетельствованные переводы документов об образовании"},
		{KK: "Еңбек өтілін растайтын құжаттар", RU: "Документы, подтверждающие трудовой стаж"},
		{KK: "Кадрлардағы жергілікті қамту туралы ақпарат", RU: "Информация о местном содержании в кадрах"},
	},
}

var returned = document.ReturnData{
	Paper: paper,
	Reasons: []document.Point{
		{
			Text: lang.Text{KK: "Білімі туралы құжаттың нотариат куәландырған аудармасы жоқ.", RU: "Нет нотариально засвидетельствованного перевода документа об образовании."},
			Cure: lang.Text{KK: "Дипломның қазақ немесе орыс тіліне аудармасын нотариатта куәландырып, топтамаға қосыңыз.", RU: "Заверьте перевод диплома на казахский или русский язык у нотариуса и приложите к пакету."},
			Cite: "WKO 142/2017 ¶ 7(3)",
		},
		{
			Text: lang.Text{KK: "Жұмыскердің паспортының қолданылу мерзімі өткен: 30.06.2017.", RU: "Срок действия паспорта работника истёк: 30.06.2017."},
			Cure: lang.Text{KK: "Қолданыстағы паспорттың көшірмесін беріңіз.", RU: "Представьте копию действующего паспорта."},
			Cite: "WKO 142/2017 ¶ 7(3)",
		},
	},
}

var refusal = document.RefusalData{
	Paper:      paper,
	Heard:      lang.Text{KK: "Заявитель 10.07.2017 тыңдалды, дәлелдері хаттамаға енгізілді.", RU: "Заявитель заслушан 10.07.2017, доводы внесены в протокол."},
	Words:      "Стаж подтверждён за два года из пяти.",
	Objections: []document.Objection{{Text: "Второе письмо приложено к заявлению.", Answer: "Письмо подписано не работодателем."}},
	Grounds: []document.Point{
		{
			Text: lang.Text{KK: "Кадрлардағы жергілікті қамту талабы сақталмаған: Қазақстан азаматтарының үлесі 62 %, талап – кемінде 70 %.", RU: "Не соблюдено требование местного содержания в кадрах: доля граждан Казахстана 62 %, требуется не менее 70 %."},
			Cure: lang.Text{KK: "Қазақстан азаматтарының санын талап етілген үлеске жеткізіңіз.", RU: "Доведите долю граждан Казахстана до требуемой."},
			Cite: "Order 559 of 2016-06-27",
		},
		{
			Text: lang.Text{KK: "Жұмыскердің біліктілігі лауазымға сәйкес келмейді.", RU: "Квалификация работника не соответствует должности."},
			Cite: "Order 559 of 2016-06-27",
		},
	},
}

var notice = document.NoticeData{
	Paper: paper,
	Grants: []document.Grant{
		{Worker: "WANG XIAOMING", Citizen: lang.Text{KK: "Қытай", RU: "Китай"}, Position: lang.Text{KK: "инженер-конструктор", RU: "инженер-конструктор"}, Category: lang.Text{KK: "үшінші санат", RU: "третья категория"}, Months: 12},
		{Worker: "YILMAZ ŞÜKRÜ", Citizen: lang.Text{KK: "Түркия", RU: "Турция"}, Position: lang.Text{KK: "жабдықты жөндеу жөніндегі инженер", RU: "инженер по ремонту оборудования"}, Category: lang.Text{KK: "үшінші санат", RU: "третья категория"}, Months: 12},
	},
	Fees:  []document.Fee{{Category: lang.Text{KK: "үшінші санат", RU: "третья категория"}, Permits: 2, Indices: 179, Index: 2269, Tenge: 812302}},
	Total: 812302,
	Words: lang.Text{KK: "сегіз жүз он екі мың үш жүз екі теңге", RU: "восемьсот двенадцать тысяч триста два тенге"},
	PayBy: day("2017-07-26"), PayTerm: lang.Text{KK: "10 жұмыс күні", RU: "10 рабочих дней"},
	Pay: document.Payment{
		Beneficiary: lang.Text{KK: "Орал қаласы бойынша мемлекеттік кірістер басқармасы", RU: "Управление государственных доходов по г. Уральск"},
		Purpose:     lang.Text{KK: "Шетелдік жұмыс күшін тартуға рұқсат бергені үшін алым, іс № 27-2017-000042", RU: "Сбор за выдачу разрешения на привлечение иностранной рабочей силы, дело № 27-2017-000042"},
	},
}

var permit = document.PermitData{
	From: authority, Number: "27-2017-000311", Operation: issue, Employer: employer,
	Latin: "YILMAZ ŞÜKRÜ", Cyrillic: "ЙЫЛМАЗ ШҮКРҮ", Born: day("1984-03-09"), Citizenship: lang.Text{KK: "Түркия", RU: "Турция"}, Passport: "U 01234567",
	Category: lang.Text{KK: "үшінші санат (мамандар)", RU: "третья категория (специалисты)"},
	Position: lang.Text{KK: "жабдықты жөндеу жөніндегі инженер", RU: "инженер по ремонту оборудования"},
	Regions:  []lang.Text{{KK: "Батыс Қазақстан облысы", RU: "Западно-Казахстанская область"}},
	Valid:    day("2017-07-27"), Until: day("2018-07-26"), Issued: day("2017-07-27"), Cite: "WKO 142/2017 ¶ 7(3)",
	Signatory: head, URL: "https://ruqsat.example.kz/p/27-2017-000311",
}

var letter = document.LetterData{
	From: authority, Number: "ЗТ-2025-00000042", On: day("2025-09-04"),
	To:    lang.Text{KK: "«Үлгі» ақпараттық порталы\nАлматы қ., Үлгі көш., 4", RU: "Информационный портал «Үлгі»\nг. Алматы, ул. Образцовая, 4"},
	Title: lang.Text{KK: "Жүгінуге жауап", RU: "Ответ на обращение"},
	Body: []document.Paragraph{
		{Text: lang.Text{
			KK: "Басқарма Сіздің 2025 жылғы 27 тамыздағы № ЗТ-2025-00000042 жүгінуіңізді өз құзыреті шегінде қарап, мынаны хабарлайды.",
			RU: "Управление, рассмотрев Ваше обращение от 27 августа 2025 года № ЗТ-2025-00000042, в пределах своей компетенции сообщает следующее.",
		}},
		{Text: lang.Text{
			KK: "Қағидалардың 5-тармағына сәйкес жұмыскерлердің мынадай санаттары белгіленеді:",
			RU: "Согласно пункту 5 Правил устанавливаются следующие категории работников:",
		}, Items: []document.Item{
			{"1)", lang.Text{KK: "бірінші санат – басшылар және олардың орынбасарлары;", RU: "первая категория – руководители и их заместители;"}},
			{"2)", lang.Text{KK: "екінші санат – біліктілік талаптарына сәйкес келетін құрылымдық бөлімшелердің басшылары;", RU: "вторая категория – руководители структурных подразделений, соответствующие квалификационным требованиям, установленным профессиональными стандартами;"}},
		}},
		{Text: lang.Text{KK: "2025 жылғы 1 қыркүйекте қолданыста болған рұқсаттар саны:", RU: "На 1 сентября 2025 года действуют разрешения:"},
			Rows: []document.Row{
				{lang.Text{KK: "КІА мамандары", RU: "ВКП, специалисты"}, lang.Same("51"), false},
				{lang.Text{KK: "үшінші санат", RU: "третья категория"}, lang.Same("9"), false},
				{lang.Text{KK: "барлығы", RU: "всего"}, lang.Same("60"), true},
			}},
		{Text: lang.Text{KK: "Сонымен бірге, Басқарманың бақылау-қадағалау функциялары жоқ екенін хабарлаймыз.", RU: "Вместе с тем сообщаем, что Управление не наделено контрольно-надзорными функциями."}},
	},
	Signatory: head, Executor: executor,
}

var application = document.ApplicationData{
	To: authority, From: employer, Number: "27-2017-000042", Made: time.Date(2017, 7, 3, 9, 58, 0, 0, zone), Operation: issue, Lang: lang.EN,
	Sections: []document.Section{
		{lang.Text{KK: "Жұмыс беруші", RU: "Работодатель", EN: "Employer"}, []document.Row{
			{Label: lang.Text{KK: "Атауы", RU: "Наименование", EN: "Name"}, Value: employer.Name},
			{Label: lang.Text{KK: "Қызмет түрі (ЭҚЖЖ)", RU: "Вид деятельности (ОКЭД)", EN: "Activity (OKED)"}, Value: lang.Text{KK: "F, Құрылыс", RU: "F, Строительство", EN: "F, Construction"}},
			{Label: lang.Text{KK: "Бұрынғы рұқсат", RU: "Прежнее разрешение", EN: "Former permit"}},
		}},
		{lang.Text{KK: "1-жұмыскер", RU: "Работник 1", EN: "Worker 1"}, []document.Row{
			{Label: lang.Text{KK: "Паспорттағы аты", RU: "Имя по паспорту", EN: "Name in the passport"}, Value: lang.Same("YILMAZ ŞÜKRÜ")},
			{Label: lang.Text{KK: "Азаматтығы", RU: "Гражданство", EN: "Citizenship"}, Value: lang.Text{KK: "Түркия", RU: "Турция", EN: "Türkiye"}},
		}},
	},
	Files: []document.File{
		{Kind: lang.Text{KK: "Паспорттың көшірмесі", RU: "Копия паспорта", EN: "Copy of the passport"}, Name: "passport.pdf", Size: 184320, SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
	},
	Declaration: lang.Text{KK: "Мәліметтердің дұрыстығын растаймын.", RU: "Достоверность сведений подтверждаю.", EN: "I confirm that what I have stated is true."},
	Signatory:   document.Signatory{Name: "А. Үлгі", Position: lang.Text{KK: "Директор", RU: "Директор", EN: "Director"}},
}

var sheet = document.SheetData{
	From: authority, Title: lang.Text{KK: "Рұқсат № 27-2017-000311", RU: "Разрешение № 27-2017-000311"}, Number: "27-2017-000311",
	SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Stamps: []document.Stamp{stamp},
	Made: time.Date(2017, 7, 27, 15, 2, 0, 0, zone), URL: "https://ruqsat.example.kz/v/3f9c07",
}

var ruling = document.RulingData{
	Paper: paper,
	Title: lang.Text{KK: "Рұқсаттың қолданылуын тоқтата тұру туралы шешім", RU: "Решение о приостановлении действия разрешения"},
	Facts: []document.Row{
		{Label: lang.Text{KK: "Рұқсат нөмірі", RU: "Номер разрешения"}, Value: lang.Same("KZ27IRS00000001")},
		{Label: lang.Text{KK: "Жұмыскер", RU: "Работник"}, Value: lang.Same("YILMAZ ŞÜKRÜ")},
	},
	Decides: lang.Text{KK: "Рұқсаттың қолданылуы тоқтатыла тұрсын.", RU: "Приостановить действие разрешения."},
	Grounds: refusal.Grounds, Words: "Отчёт не представлен.", Heard: refusal.Heard,
	Changes: []document.Row{{Label: lang.Text{KK: "Лауазымы", RU: "Должность"}, Value: lang.Text{KK: "бұрын: слесарь; енді: инженер", RU: "было: слесарь; стало: инженер"}}},
	Effect:  lang.Text{KK: "Жұмыскерді тартуға болмайды.", RU: "Привлекать работника нельзя."},
}

var complaintReceipt = document.ComplaintReceiptData{
	Paper: paper, Received: time.Date(2017, 7, 13, 10, 15, 0, 0, zone), Facts: ruling.Facts[:1],
	Words: "С решением не согласны.", Wanted: "Отменить решение.",
	Rights: lang.Text{KK: "Шағым тіркелді.", RU: "Жалоба зарегистрирована."},
}

var receipt = document.ReceiptData{
	From: authority, To: employer, Case: "01a20e50-fdc3-79f3-9cd3-4c64c93690b1", Number: "27-2017-000311",
	Filed: time.Date(2017, 7, 3, 10, 0, 4, 0, zone), Made: time.Date(2017, 7, 3, 10, 21, 0, 0, zone),
	Operation: lang.Text{KK: "рұқсат беру", RU: "выдача разрешения"},
	Papers: []document.ReceiptPaper{{
		Name: lang.Text{KK: "Өтініш", RU: "Заявление"}, SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		Signature: "3324249a0973a1a051b79b173703d82105e9309b73ec8e295f68993737e4790f", Signer: stamp, Algorithm: "GOST 34.10-2015-512 with Streebog-512",
		Checks: lang.Text{KK: "қолтаңба құрылымы", RU: "строение файла подписи"}, TimeStamp: lang.Text{KK: "03.07.2017, 10:00:05", RU: "03.07.2017, 10:00:05"},
	}},
	Files: []document.File{{Kind: lang.Text{KK: "Паспорт көшірмесі", RU: "Копия паспорта"}, Name: "passport.pdf", Size: 91_204, SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
	Seal: &document.Seal{
		Leaf: 290, Registered: 293, Size: 699, Root: "/bLGZcAQAGHdn+l2DPDvTJE7e+kbC/4bcRvu1wY+Wn8=", Key: "example.kz/log+bab02ea7+Af6n0MLOc8hMYNR2pJzg86FD4hgjF6W2JZtxx/6gQ5iF",
		Proof: []string{"5UNRcW2hmoxv6b30oQ7yKefqn80bLGZcAQAGHdn+l2A="},
	},
	URL: "https://ruqsat.example.kz/track",
}
