package procedure

import (
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A PortalItem is one numbered item of the order of applying through the portal
// (WKO 142/2017 ¶ 10): a process, or a condition with a yes and a no.
type PortalItem struct {
	Key       string // of its words; processes by their number, conditions as c1
	Number    string // as the act has it; empty for what it does not number
	Condition bool
	By        party.Role // empty: the portal itself
	Cite      law.Cite
	Sure      law.Sure
	Then      string // key of what follows, or of yes; "" ends
	Else      string // of a condition: key of no
	Ends      string // key of how it ends, where nothing follows
	Act       Act    // the act of the table that carries it out, if it is one of a case
	Fee       bool   // only where a fee is due
}

// In says the item.
func (i PortalItem) In(t lang.Tag) string { return lang.M("procedure.portal-" + i.Key).In(t) }

// PortalItems is ¶ 10, item by item. Appendix 1 of the regulation drew it; its
// published text has lost the drawing. The acts of a case among them are those
// of [Steps]; what comes before the case, sign-in and signature do.
var PortalItems = []PortalItem{
	{Key: "r", By: party.Applicant, Cite: "WKO 142/2017 ¶ 10(1)", Sure: law.Text, Then: "1"},
	{Key: "1", Number: "1", By: party.Applicant, Cite: "WKO 142/2017 ¶ 10(2)", Sure: law.Text, Then: "c1"},
	{Key: "c1", Number: "1", Condition: true, Cite: "WKO 142/2017 ¶ 10(3)", Sure: law.Text, Then: "3", Else: "2"},
	{Key: "2", Number: "2", Cite: "WKO 142/2017 ¶ 10(4)", Sure: law.Text, Ends: "refused-access"},
	{Key: "3", Number: "3", By: party.Applicant, Cite: "WKO 142/2017 ¶ 10(5)", Sure: law.Text, Then: "c2", Act: Submit},
	{Key: "c2", Number: "2", Condition: true, Cite: "WKO 142/2017 ¶ 10(6)", Sure: law.Text, Then: "5", Else: "4"},
	{Key: "4", Number: "4", Cite: "WKO 142/2017 ¶ 10(7)", Sure: law.Text, Ends: "rejected"},
	{Key: "5", Number: "5", Cite: "WKO 142/2017 ¶ 10(8)", Sure: law.Text, Then: "c3", Act: Register},
	{Key: "c3", Number: "3", Condition: true, By: party.Executor, Cite: "WKO 142/2017 ¶ 10(9)", Sure: law.Text, Then: "6-yes", Else: "6-no", Act: Examine},
	{Key: "6-yes", Number: "6", Cite: "WKO 142/2017 ¶ 10(10)", Sure: law.Text, Then: "7", Act: Examine},
	{Key: "6-no", Number: "6", Cite: "WKO 142/2017 ¶ 10(10)", Sure: law.Text, Ends: "not-accepted", Act: ReturnIncomplete},
	{Key: "7", Number: "7", By: party.Executor, Cite: "WKO 142/2017 ¶ 10(11)", Sure: law.Text, Then: "8", Act: Draft},
	{Key: "8", Number: "8", By: party.Head, Cite: "WKO 142/2017 ¶ 10(12)", Sure: law.Text, Then: "c4", Act: Sign},
	{Key: "c4", Number: "4", Condition: true, By: party.Applicant, Cite: "WKO 142/2017 ¶ 10(13)", Sure: law.Text, Then: "9", Else: "unpaid", Act: ProvePayment, Fee: true},
	{Key: "9", Number: "9", By: party.Executor, Cite: "WKO 142/2017 ¶ 10(14)", Sure: law.Text, Ends: "done", Act: Issue},
}

// PortalEnd says how applying through the portal ends.
type PortalEnd string

// In says it.
func (e PortalEnd) In(t lang.Tag) string { return lang.M("procedure.portal-" + string(e)).In(t) }
