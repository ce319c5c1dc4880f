// Reads every payload into the models of openapi-generator, and uses its client.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"

	"consumer/generated/receiver"
)

var roundTrips = map[string]func([]byte) (json.RawMessage, error){
	"identity.session.finalized": roundTrip[receiver.IdentitySessionFinalizedEvent],
	"identity.resolved":          roundTrip[receiver.IdentityResolvedEvent],
	"identity.qualified":         roundTrip[receiver.IdentityQualifiedEvent],
	"identity.enriched":          roundTrip[receiver.IdentityEnrichedEvent],
	"identity.validated":         roundTrip[receiver.IdentityValidatedEvent],
}

func roundTrip[Event any](text []byte) (json.RawMessage, error) {
	var event Event
	if err := json.Unmarshal(text, &event); err != nil {
		return nil, err
	}
	return json.Marshal(event)
}

type inputs struct {
	App      struct{ Origin, AdminToken string }
	Payloads []struct {
		Name, Type, File string
		Paths            []string
	}
}

type observations struct {
	RoundTrips map[string]json.RawMessage `json:"roundTrips"`
	Time       int64                      `json:"time"`
	Admin      admin                      `json:"admin"`
}

func main() {
	var in inputs
	must(0, json.Unmarshal(must(os.ReadFile(os.Args[1])), &in))
	out := observations{map[string]json.RawMessage{}, 0, administer(in.App.Origin, in.App.AdminToken)}
	for _, payload := range in.Payloads {
		if len(payload.Paths) == 0 {
			text := must(os.ReadFile(payload.File))
			out.RoundTrips[payload.Name] = must(roundTrips[payload.Type](text))
			if payload.Name == "identity.session.finalized.other-numbers" {
				var event receiver.IdentitySessionFinalizedEvent
				must(0, json.Unmarshal(text, &event))
				session := event.Data.Session
				out.Time = time.UnixMicro(int64(session.CreatedAt * 1000)).UnixMicro()
			}
		}
	}
	must(0, os.WriteFile(os.Args[2], must(json.Marshal(out)), 0o644))
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
