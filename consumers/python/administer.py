"""Sends the requests of every client to the admin API, with the generated client."""

from receiver_client import AuthenticatedClient
from receiver_client.api.admin import get_attribution, get_event, list_destinations, list_events, recheck_event
from receiver_client.models import EventDetail, EventPage, Problem, RecheckResult


def problem(answer):
    assert isinstance(answer, Problem), answer
    return {"status": answer.status, "code": answer.code}


def administer(origin, admin_token):
    client = AuthenticatedClient(base_url=origin, token=admin_token)
    listed, cursor = [], None
    while True:
        page = list_events.sync(client=client, q="evt_client_", limit=2, **({"cursor": cursor} if cursor else {}))
        assert isinstance(page, EventPage), page
        listed += [event.id for event in page.events]
        cursor = page.next_cursor
        if cursor is None:
            break

    event = get_event.sync(listed[0], client=client)
    assert isinstance(event, EventDetail), event
    rechecked = recheck_event.sync(listed[0], client=client)
    assert isinstance(rechecked, RecheckResult), rechecked
    destinations = list_destinations.sync(client=client).destinations
    attribution = get_attribution.sync(client=client)
    stranger = AuthenticatedClient(base_url=origin, token="wrong")
    return {
        "listed": listed,
        "event": {"id": event.id, "type": event.type_, "status": event.status.value, "payload": event.payload},
        "rechecked": {"status": rechecked.status.value, "previousStatus": rechecked.previous_status.value},
        "destinations": [{"name": one.name, "state": one.state.value} for one in destinations if one.reason is None],
        "noOthers": attribution.others is None,
        "notFound": problem(get_event.sync("evt_none", client=client)),
        "unauthorized": problem(list_events.sync(client=stranger)),
    }
