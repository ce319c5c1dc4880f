import { payloads } from "@sessionhook/fixtures";
import { describe, expect, expectTypeOf, it } from "vitest";
import { sign } from "./signature/sign.js";
import { completeEnvelope, unwrap } from "./unwrap.js";

import type { ReceivedEvent } from "./schema/event-types.js";
import type { KnownEvent } from "./schema/generated/types.js";
import { parseEvent } from "./schema/parse-event.js";

const message = { id: "msg_signed", timestamp: 1_739_571_999 };
const older = (timestamp = "2025-02-14T22:25:08.123Z") =>
  ({ ...payloads.olderEnvelope("identity.resolved"), timestamp }) as unknown as ReceivedEvent;

describe("an older envelope", () => {
  it.each(payloads.types)("of %s is accepted, and parsed as it came", (type) => {
    const event = payloads.olderEnvelope(type);
    expect(event).not.toHaveProperty("id");
    expect(parseEvent(JSON.stringify(event))).toEqual({ status: "accepted", event });
  });

  it("is accepted with any text as its time, and with only one of the two fields", () => {
    for (const more of [{ timestamp: "last week" }, { id: "msg_1" }, { created: 1 }])
      expect(parseEvent(JSON.stringify({ ...older(), ...more })).status).toBe("accepted");
  });

  it.each([
    [{ timestamp: null }, ["timestamp"]],
    [{ timestamp: 1_739_571_908 }, ["timestamp"]],
    [{ id: null }, ["id"]],
    [{ created: "2025-02-14" }, ["created"]],
    [{ timestamp: undefined }, ["id", "created"]],
    [{ timestamp: undefined, data: null }, ["data", "id", "created"]],
    [{ timestamp: undefined, id: "msg_1" }, ["created"]],
  ])("is quarantined with %j", (change, paths) => {
    const result = parseEvent(JSON.stringify({ ...older(), ...change }));
    expect(result.status === "quarantined" && result.issues.map(({ path }) => path)).toEqual(paths);
  });
});

describe("completeEnvelope", () => {
  it("uses the id of the message and the time of the event", () => {
    expect(completeEnvelope(older(), message)).toEqual({
      ...older(),
      id: "msg_signed",
      created: 1_739_571_908_123,
    });
    expect(completeEnvelope(older("2025-02-14T23:25+01:00"), message).created).toBe(1_739_571_900_000);
  });

  it.each(["last week", "", "2025-02-14", "2025-02-14T22:25:08", "2025-02-30T99:00:00Z", "1739571908"])(
    "takes the attempt timestamp where %j is no time that is the same everywhere",
    (timestamp) => {
      expect(completeEnvelope(older(timestamp), message).created).toBe(1_739_571_999_000);
    },
  );

  it("changes no existing field, and does not modify its argument", () => {
    const whole = payloads.full("identity.resolved") as unknown as ReceivedEvent;
    expect(completeEnvelope(whole, message)).toBe(whole);
    expect(completeEnvelope({ ...older(), id: "evt_own" }, message).id).toBe("evt_own");
    expect(completeEnvelope({ ...older(), created: 0 }, message).created).toBe(0);
    const event = Object.freeze(older());
    expect(completeEnvelope(event, message)).not.toBe(event);
  });

  it("is applied by unwrap, so that id and created are always present", () => {
    const secret = `whsec_${"A".repeat(32)}`;
    const body = JSON.stringify(older());
    const event = unwrap(body, {
      headers: sign(body, { id: "msg_1", timestamp: message.timestamp, secret }),
      secrets: secret,
      now: new Date(message.timestamp * 1000),
    });
    expect(event).toMatchObject({ id: "msg_1", created: 1_739_571_908_123 });
  });

  it("types id and created as always present", () => {
    expectTypeOf<KnownEvent["id"]>().toEqualTypeOf<string>();
    expectTypeOf<KnownEvent["created"]>().toEqualTypeOf<number>();
    expectTypeOf<ReceivedEvent["id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<KnownEvent>().toExtend<ReceivedEvent>();
  });
});
