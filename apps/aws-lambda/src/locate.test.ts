import { ownSegments } from "@sessionhook/app/settings";
import type { LambdaEvent } from "hono/aws-lambda";
import { expect, it } from "vitest";
import { locate } from "./locate.js";

/** An event of a custom domain, which has the stage in its path or a route with the same name. */
const eventOf = (segment: string) =>
  ({
    rawPath: `/${segment}/x`,
    requestContext: { stage: segment, domainName: "hooks.example.com" },
  }) as unknown as LambdaEvent;

it.each([...ownSegments].filter((segment) => segment !== "live"))(
  "the path of a custom domain whose stage is named %s is that of the route",
  (segment) => {
    expect(locate(eventOf(segment), "")).toMatchObject({ rawPath: `/${segment}/x`, prefix: "" });
  },
);

it.each(["prod", "v1", "live"])("the stage %s is removed from the path of a custom domain", (stage) => {
  expect(locate(eventOf(stage), "")).toMatchObject({ rawPath: "/x", prefix: `/${stage}` });
});
