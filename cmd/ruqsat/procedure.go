package main

import (
	"fmt"

	"ruqsat/diagram"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/procedure"
)

type procedureCmd struct {
	Edition   string `default:"wko-2017" enum:"wko-2017,order-559,appc,order-279,order-93" help:"Which edition: wko-2017, order-559, appc, order-279 or order-93."`
	Operation string `default:"issue" enum:"issue,extension,reissue,issue-ict,extension-ict,reissue-ict" help:"Which operation: issue, extension, reissue; with -ict for a transfer."`
	Appendix  string `default:"2" enum:"1,2" help:"Which drawing: 1, through the portal (¶ 10); 2, by structural unit (¶ 7)."`
	Format    string `default:"table" enum:"table,svg,bpmn,json" help:"How to show it: table, svg, bpmn or json."`
}

// Run prints the steps of an edition, or draws them.
func (cmd procedureCmd) Run(out console) error {
	edition := law.Edition(cmd.Edition)
	steps := procedure.StepsIn(edition)
	service, known := law.ServiceBy(cmd.Operation)
	on, dated := law.EditionFrom(edition)
	if len(steps) == 0 || !known || !dated {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	switch cmd.Format {
	case "json":
		return out.print(steps)
	case "table":
		for _, s := range steps {
			fmt.Fprintf(out, "%-12s %-14s %-10s %-12s %-8s %-9s %s\n", s.From, s.Act, s.By, s.To, s.If, s.Sure, s.Cite)
		}
		return nil
	}
	make := diagram.Business
	if cmd.Appendix == "1" {
		make = diagram.Portal
	}
	g, err := make(diagram.Asked{Operation: service.Operation, Scheme: service.Scheme, On: on})
	if err != nil {
		return err
	}
	p := diagram.Draw(g, out.lang)
	if cmd.Format == "bpmn" {
		b, err := p.BPMN()
		if err != nil {
			return err
		}
		_, err = out.Write(b)
		return err
	}
	_, err = fmt.Fprint(out, p.SVG())
	return err
}
