package main

import (
	"net/http"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type message struct {
	Name    string
	Secrets []string
	Headers map[string]string
	Body    []byte
}

// genuine reports whether the Standard Webhooks library verifies the message.
func (d message) genuine() bool {
	headers := http.Header{}
	for name, value := range d.Headers {
		headers.Set(name, value)
	}
	for _, secret := range d.Secrets {
		webhook, err := standardwebhooks.NewWebhook(secret)
		if err == nil && webhook.Verify(d.Body, headers) == nil {
			return true
		}
	}
	return false
}
