package main

import (
	"context"
	"errors"
	"log"

	"consumer/generated/receiver"
)

type admin struct {
	Listed []string `json:"listed"`
	Event  struct {
		Id      string  `json:"id"`
		Type    *string `json:"type"`
		Status  string  `json:"status"`
		Payload any     `json:"payload"`
	} `json:"event"`
	Rechecked struct {
		Status         string `json:"status"`
		PreviousStatus string `json:"previousStatus"`
	} `json:"rechecked"`
	Destinations []destination `json:"destinations"`
	NoOthers     bool          `json:"noOthers"`
	NotFound     problem `json:"notFound"`
	Unauthorized problem `json:"unauthorized"`
}

type destination struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

type problem struct {
	Status int64  `json:"status"`
	Code   string `json:"code"`
}

// administer sends the requests of every client to the admin API.
func administer(origin, adminToken string) (out admin) {
	configuration := receiver.NewConfiguration()
	configuration.Servers = receiver.ServerConfigurations{{URL: origin}}
	api := receiver.NewAPIClient(configuration).AdminAPI
	as := func(token string) context.Context {
		return context.WithValue(context.Background(), receiver.ContextAccessToken, token)
	}

	request := api.ListEvents(as(adminToken)).Q("evt_client_").Limit(2)
	for {
		page, _, err := request.Execute()
		must(0, err)
		for _, event := range page.Events {
			out.Listed = append(out.Listed, event.Id)
		}
		cursor := page.NextCursor.Get()
		if cursor == nil {
			break
		}
		request = request.Cursor(*cursor)
	}

	event, _, err := api.GetEvent(as(adminToken), out.Listed[0]).Execute()
	must(0, err)
	out.Event.Id, out.Event.Type, out.Event.Status = event.Id, event.Type.Get(), string(event.Status)
	out.Event.Payload = event.Payload
	rechecked, _, err := api.RecheckEvent(as(adminToken), out.Listed[0]).Execute()
	must(0, err)
	out.Rechecked.Status, out.Rechecked.PreviousStatus = string(rechecked.Status), string(rechecked.PreviousStatus)
	listing, _, err := api.ListDestinations(as(adminToken)).Execute()
	must(0, err)
	for _, one := range listing.Destinations {
		if one.Reason.Get() == nil {
			out.Destinations = append(out.Destinations, destination{one.Name, string(one.State)})
		}
	}
	attribution, _, err := api.GetAttribution(as(adminToken)).Execute()
	must(0, err)
	out.NoOthers = attribution.Others.Get() == nil
	_, _, err = api.GetEvent(as(adminToken), "evt_none").Execute()
	out.NotFound = problemOf(err)
	_, _, err = api.ListEvents(as("wrong")).Execute()
	out.Unauthorized = problemOf(err)
	return out
}

func problemOf(err error) problem {
	var failed *receiver.GenericOpenAPIError
	if !errors.As(err, &failed) {
		log.Fatalf("no problem document: %v", err)
	}
	found, ok := failed.Model().(receiver.Problem)
	if !ok {
		log.Fatalf("no problem document: %v %s", err, failed.Body())
	}
	return problem{found.Status, found.Code}
}
