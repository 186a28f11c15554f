package lang

import (
	"fmt"
	"time"
)

var months = map[Tag][12]string{
	KK: {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
	RU: {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

var weekdays = map[Tag][7]string{
	KK: {"жексенбі", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі"},
	RU: {"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"},
	EN: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// FormatDay writes a day out: 2017 жылғы 3 шілде, 3 июля 2017 года, 3 July 2017.
func FormatDay(t Tag, y int, m time.Month, d int) string {
	month := months[t][m-1]
	switch t {
	case KK:
		return fmt.Sprintf("%d жылғы %d %s", y, d, month)
	case EN:
		return fmt.Sprintf("%d %s %d", d, month, y)
	}
	return fmt.Sprintf("%d %s %d года", d, month, y)
}

// FormatDayShort writes a day in figures, as both official languages do:
// 03.07.2017.
func FormatDayShort(y int, m time.Month, d int) string {
	return fmt.Sprintf("%02d.%02d.%04d", d, int(m), y)
}

// Weekday names a day of the week, in the nominative.
func Weekday(t Tag, d time.Weekday) string { return weekdays[t][d] }

// Month names a month as it stands in a date.
func Month(t Tag, m time.Month) string { return months[t][m-1] }
