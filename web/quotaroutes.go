package web

// quotaPages are the pages of the quota: for everybody, for employers who ask for
// next year's, for departments, and the desk of the ministry.
func (s *Site) quotaPages(page func(pattern string, f func(q request) error)) {
	page("GET /{lang}/quota", s.quotaPublic)
	page("GET /{lang}/quota.csv", s.quotaCSV)
	page("GET /{lang}/quota.json", s.quotaJSON)
	page("GET /{lang}/quota/orders/{id}", s.quotaOrder)

	page("GET /{lang}/cabinet/demand", s.demandPage)
	page("POST /{lang}/cabinet/demand", s.askQuota)
	page("GET /{lang}/office/demand", s.regionDemand)
	page("POST /{lang}/office/demand", s.sendDemand)

	page("GET /{lang}/ministry/quota", s.ministryQuota)
	page("GET /{lang}/ministry/quota/what-if", s.whatIf)
	page("GET /{lang}/ministry/quota/orders", s.ministryOrders)
	page("POST /{lang}/ministry/quota/orders", s.enterOrder)
	page("GET /{lang}/ministry/quota/orders/new", s.newOrder)
	page("POST /{lang}/ministry/quota/orders/new", s.checkOrder)
	page("GET /{lang}/ministry/quota/import", s.importOrderPage)
	page("POST /{lang}/ministry/quota/import", s.importOrder)
	page("GET /{lang}/ministry/quota/template/{form}", s.quotaTemplate)
	page("GET /{lang}/ministry/demand", s.ministryDemand)
}
