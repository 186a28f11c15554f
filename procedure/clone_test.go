package procedure_test

import (
	"reflect"
	"strconv"
	"testing"

	"ruqsat/procedure"
)

func TestAClonedCaseSharesNoMemory(t *testing.T) {
	var c procedure.Case
	fill(reflect.ValueOf(&c).Elem())
	k := c.Clone()
	if !reflect.DeepEqual(c, k) {
		t.Fatalf("the clone is another case:\n%+v\n%+v", c, k)
	}
	held := map[uintptr]string{}
	reach(reflect.ValueOf(c), "Case", func(at uintptr, path string) { held[at] = path })
	reach(reflect.ValueOf(k), "Case", func(at uintptr, path string) {
		if was, ok := held[at]; ok {
			t.Errorf("%s of the clone is the memory of %s", path, was)
		}
	})
	if len(held) < 10 {
		t.Errorf("only %d slices, maps and pointers were looked at: the case was not filled", len(held))
	}
}

// fill gives everything a value can hold one element. What cannot be set from
// outside its package, such as a time, holds no memory of its own.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.String:
		v.SetString("text " + strconv.Itoa(v.NumMethod()))
	}
}

// reach tells where every slice, map and pointer that can be reached lies.
func reach(v reflect.Value, path string, tell func(uintptr, string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				reach(v.Field(i), path+"."+f.Name, tell)
			}
		}
	case reflect.Slice:
		tell(v.Pointer(), path)
		for i := range v.Len() {
			reach(v.Index(i), path+"["+strconv.Itoa(i)+"]", tell)
		}
	case reflect.Map:
		tell(v.Pointer(), path)
		for _, key := range v.MapKeys() {
			reach(v.MapIndex(key), path+"[…]", tell)
		}
	case reflect.Pointer:
		tell(v.Pointer(), path)
		reach(v.Elem(), path, tell)
	}
}
