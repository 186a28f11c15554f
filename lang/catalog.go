package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
)

//go:embed catalog/*.toml
var files embed.FS

// An entry is one sentence in three languages, each in its plural forms; a
// sentence that counts nothing has the form other alone.
type entry map[Tag]forms

type forms map[plural.Form]string

// form returns the words for a language and the number n among args.
func (e entry) form(t Tag, args Args) string {
	n, _ := args["n"].(int)
	if s, ok := e[t][formOf(t, n)]; ok {
		return s
	}
	return e[t][plural.Other]
}

// Has reports whether the catalog has a sentence for key.
func Has(key string) bool {
	_, ok := catalog()[key]
	return ok
}

// Keys returns the keys of all sentences, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(catalog())) }

// catalog panics on a catalog that cannot be read: it is part of the program,
// and a test reads it.
var catalog = sync.OnceValue(func() map[string]entry {
	all, err := load(files)
	if err != nil {
		panic(err)
	}
	return all
})

// load reads every catalog file. A sentence that lacks a language, stands in two
// files or has an unknown plural form is an error.
func load(from fs.FS) (map[string]entry, error) {
	names, err := fs.Glob(from, "catalog/*.toml")
	if err != nil {
		return nil, err
	}
	all := map[string]entry{said: {KK: {plural.Other: "{text}"}, RU: {plural.Other: "{text}"}, EN: {plural.Other: "{text}"}}}
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			return nil, fmt.Errorf("catalog %s: %w", path.Base(name), err)
		}
		if err := collect(all, "", tree); err != nil {
			return nil, fmt.Errorf("catalog %s: %w", path.Base(name), err)
		}
	}
	return all, nil
}

func collect(into map[string]entry, prefix string, tree map[string]any) error {
	for key, v := range tree {
		sub, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%s%s: a sentence wants kk, ru and en", prefix, key)
		}
		_, leaf := sub["ru"]
		if !leaf {
			if err := collect(into, prefix+key+".", sub); err != nil {
				return err
			}
			continue
		}
		if _, twice := into[prefix+key]; twice {
			return fmt.Errorf("%s%s stands twice", prefix, key)
		}
		e, err := parse(sub)
		if err != nil {
			return fmt.Errorf("%s%s: %w", prefix, key, err)
		}
		into[prefix+key] = e
	}
	return nil
}

var formNames = map[string]plural.Form{
	"one": plural.One, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func parse(tree map[string]any) (entry, error) {
	e := entry{}
	for _, t := range Tags {
		switch v := tree[string(t)].(type) {
		case string:
			e[t] = forms{plural.Other: v}
		case map[string]any:
			f, err := parseForms(v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", t, err)
			}
			e[t] = f
		default:
			return nil, fmt.Errorf("no words in %s", t)
		}
	}
	if len(tree) != len(Tags) {
		return nil, fmt.Errorf("a language besides %v", Tags)
	}
	return e, nil
}

func parseForms(tree map[string]any) (forms, error) {
	f := forms{}
	for name, v := range tree {
		form, known := formNames[name]
		words, ok := v.(string)
		if !known || !ok {
			return nil, fmt.Errorf("no plural form %q", name)
		}
		f[form] = words
	}
	if f[plural.Other] == "" {
		f[plural.Other] = f[plural.Many]
	}
	if f[plural.Other] == "" {
		return nil, fmt.Errorf("neither the form other nor many")
	}
	return f, nil
}
