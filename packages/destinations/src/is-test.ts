import type { DeliveryItem } from "@sessionhook/core";

/** Returns true for the sample event that a test of the destination sends. It is the only item without a stored delivery. */
export const isTest = ({ deliveryId }: DeliveryItem): boolean => deliveryId === "test";
