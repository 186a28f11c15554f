package web

// booksPages are the pages of who looked, of the programs that ask, and of what they
// can ask.
func (s *Site) booksPages(page func(pattern string, f func(q request) error)) {
	page("GET /{lang}/api", s.apiPage)
	page("GET /{lang}/views", s.viewings)
	page("GET /{lang}/office/admin/tokens", s.tokens)
	page("POST /{lang}/office/admin/tokens", s.issueToken)
	page("POST /{lang}/office/admin/tokens/{id}/revoke", s.revokeToken)
}
