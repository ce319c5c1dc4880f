import { openEnum, section, text } from "./fields.js";

/** The visit in which an identity was seen. */
export const attributionSchema = section("Attribution", "The visit to which an identity belongs.", {
  pixelId: text("Identifier of the pixel on the website."),
  prid: openEnum(["jNNdd", "OMzN4"], "Code of the identity provider."),
  sessionId: text("Identifier of the session."),
  type: openEnum(["website"], "Place of the visit."),
  vid: text("Identifier of the visitor."),
});
