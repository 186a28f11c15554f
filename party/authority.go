package party

import (
	"ruqsat/lang"
	"ruqsat/law"
)

// An Authority is the department of a region that gives the service, as its
// papers show it. What is not known is empty; a number is never made up.
type Authority struct {
	Region  string // two digits of KATO
	Name    lang.Text
	Address lang.Text
	Phone   string
	Fax     string
	BIN     BIN
	Email   string
	Head    lang.Text // what its head is called
}

// known are the authorities that a document we have names: Zhetysu in a letter of
// 2025, West Kazakhstan in WKO 142/2017 ¶ 1.
var known = map[string]Authority{
	"33": {
		Name: lang.Text{
			KK: "«Жетісу облысының жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы» мемлекеттік мекемесі",
			RU: "Государственное учреждение «Управление координации занятости и социальных программ области Жетісу»",
			EN: "Department for Coordination of Employment and Social Programmes of Zhetysu Region",
		},
		Address: lang.Text{
			KK: "040000, Жетісу облысы, Талдықорған қаласы, Қабанбай батыр көшесі, 26",
			RU: "040000, область Жетісу, г. Талдықорған, ул. Қабанбай батыра, 26",
			EN: "26 Qabanbai Batyr Street, Taldyqorghan, 040000 Zhetysu Region",
		},
		Phone: "8 (7282) 329263", Fax: "8 (7282) 329261", BIN: "220740008203", Email: "zhetysuobltrud@zhetysu.gov.kz",
	},
	"27": {Name: lang.Text{
		KK: "«Батыс Қазақстан облыстық жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы» мемлекеттік мекемесі",
		RU: "Государственное учреждение «Западно-Казахстанское областное управление координации занятости и социальных программ»",
		EN: "West Kazakhstan Regional Department for Coordination of Employment and Social Programmes",
	}},
}

// AuthorityOf returns the department of a region.
func AuthorityOf(region string) Authority {
	a, ok := known[region]
	if !ok {
		of := law.RegionName(region)
		a.Name = lang.Text{
			KK: "Жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы, " + of.KK,
			RU: "Управление координации занятости и социальных программ, " + of.RU,
			EN: "Department for Coordination of Employment and Social Programmes, " + of.EN,
		}
	}
	a.Region = region
	a.Head = lang.Text{KK: "Басқарма басшысы", RU: "Руководитель управления", EN: "Head of the department"}
	return a
}
