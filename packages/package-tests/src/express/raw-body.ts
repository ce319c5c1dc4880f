import express, { type RequestHandler } from "express";

/** A parser that leaves the bytes to the webhook handler behind it. */
export const jsonWithRawBody: RequestHandler = express.json({
  limit: "1mb",
  verify: (request, _response, bytes) => {
    Object.assign(request, { rawBody: bytes });
  },
});
