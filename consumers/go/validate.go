package main

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// compile reads the published schema of every event type.
func compile(in inputs) map[string]*jsonschema.Schema {
	schemas := map[string]*jsonschema.Schema{}
	for _, event := range in.Events {
		schemas[event.Type] = must(jsonschema.NewCompiler().Compile(event.Schema))
	}
	return schemas
}

// issues returns the paths of the issues of a payload, such as data.companies[0].name.
func issues(schema *jsonschema.Schema, text []byte) []string {
	payload := must(jsonschema.UnmarshalJSON(bytes.NewReader(text)))
	var invalid *jsonschema.ValidationError
	found := []string{}
	if errors.As(schema.Validate(payload), &invalid) {
		found = paths(invalid)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func paths(invalid *jsonschema.ValidationError) []string {
	if required, ok := invalid.ErrorKind.(*kind.Required); ok {
		found := []string{}
		for _, name := range required.Missing {
			found = append(found, dotted(append(slices.Clone(invalid.InstanceLocation), name)))
		}
		return found
	}
	if len(invalid.Causes) == 0 {
		return []string{dotted(invalid.InstanceLocation)}
	}
	found := []string{}
	_, nullable := invalid.ErrorKind.(*kind.AnyOf)
	for _, cause := range invalid.Causes {
		// For a nullable reference, only the errors of the referenced schema are relevant.
		if of, ok := cause.ErrorKind.(*kind.Type); nullable && ok && slices.Equal(of.Want, []string{"null"}) {
			continue
		}
		found = append(found, paths(cause)...)
	}
	return found
}

func dotted(location []string) string {
	text := ""
	for _, part := range location {
		if _, err := strconv.Atoi(part); err == nil {
			text += "[" + part + "]"
		} else if text == "" {
			text = part
		} else {
			text += "." + part
		}
	}
	return text
}
