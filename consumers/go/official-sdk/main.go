// Unwraps every message with the provider's official SDK, and adds the results to the observations.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	midboundcloud "github.com/Midbound/cloud-sdk-go"
	"github.com/Midbound/cloud-sdk-go/option"
)

type message struct {
	Name    string
	Secrets []string
	Headers map[string]string
	Body    []byte
}

type event struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

func main() {
	var in struct{ Messages []message }
	var out map[string]any
	must(0, json.Unmarshal(must(os.ReadFile(os.Args[1])), &in))
	must(0, json.Unmarshal(must(os.ReadFile(os.Args[2])), &out))
	unwrapped := map[string]*event{}
	for _, message := range in.Messages {
		unwrapped[message.Name] = message.unwrap()
	}
	out["unwrapped"] = unwrapped
	must(0, os.WriteFile(os.Args[2], must(json.Marshal(out)), 0o644))
}

// unwrap returns the event that the SDK finds in a message, or nil if the SDK rejects it.
func (d message) unwrap() *event {
	headers := http.Header{}
	for name, value := range d.Headers {
		headers.Set(name, value)
	}
	for _, secret := range d.Secrets {
		client := midboundcloud.NewClient(option.WithAPIKey("not used"), option.WithWebhookSecret(secret))
		if found, err := client.Webhooks.Unwrap(d.Body, headers); err == nil {
			return &event{found.Type, found.ID}
		}
	}
	return nil
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
