// Reads every payload and message like a Go receiver, and writes the results.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"consumer/generated/events"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

var roundTrips = map[string]func([]byte) (json.RawMessage, error){
	"identity.session.finalized": roundTrip[events.IdentitySessionFinalizedEvent],
	"identity.resolved":          roundTrip[events.IdentityResolvedEvent],
	"identity.qualified":         roundTrip[events.IdentityQualifiedEvent],
	"identity.enriched":          roundTrip[events.IdentityEnrichedEvent],
	"identity.validated":         roundTrip[events.IdentityValidatedEvent],
}

// roundTrip reads a payload into the generated type and writes it again.
func roundTrip[Event any](text []byte) (json.RawMessage, error) {
	var event Event
	if err := json.Unmarshal(text, &event); err != nil {
		return nil, err
	}
	return json.Marshal(event)
}

type inputs struct {
	Secret string
	Events []struct{ Type, Schema string }

	Payloads []struct {
		Name, Type, File string
		Paths            []string
	}
	Messages []message
}

type observations struct {
	Issues     map[string][]string        `json:"issues"`
	RoundTrips map[string]json.RawMessage `json:"roundTrips"`
	Signed     []signed                   `json:"signed"`
	Time       int64                      `json:"time"`
	Verified   map[string]bool            `json:"verified"`
}

type signed struct {
	Name    string            `json:"name"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func main() {
	in := read(os.Args[1])
	out := observations{map[string][]string{}, map[string]json.RawMessage{}, nil, 0, map[string]bool{}}
	schemas := compile(in)
	for _, payload := range in.Payloads {
		text := must(os.ReadFile(payload.File))
		out.Issues[payload.Name] = issues(schemas[payload.Type], text)
		if len(payload.Paths) > 0 {
			continue
		}
		written := must(roundTrips[payload.Type](text))
		out.RoundTrips[payload.Name] = written
		if payload.Name == "identity.session.finalized.other-numbers" {
			var event events.IdentitySessionFinalizedEvent
			must(0, json.Unmarshal(text, &event))
			session := event.Data.Session
			out.Time = time.UnixMicro(int64(session.CreatedAt * 1000)).UnixMicro()
		}
		out.Signed = append(out.Signed, sign(in.Secret, payload.Name, written))
	}
	for _, message := range in.Messages {
		out.Verified[message.Name] = message.genuine()
	}
	must(0, os.WriteFile(os.Args[2], must(json.Marshal(out)), 0o644))
}

func sign(secret, name string, body []byte) signed {
	now, id := time.Now(), "msg_"+strings.ReplaceAll(name, ".", "_")
	signature := must(must(standardwebhooks.NewWebhook(secret)).Sign(id, now, body))
	return signed{name, map[string]string{
		"webhook-id":        id,
		"webhook-timestamp": strconv.FormatInt(now.Unix(), 10),
		"webhook-signature": signature,
	}, string(body)}
}

func read(file string) (in inputs) {
	must(0, json.Unmarshal(must(os.ReadFile(file)), &in))
	return in
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
