export { type SimulatedType, simulatedTypes } from "./build-event.js";
export type { HistoryEvent } from "./history/events.js";
export { createHistory, type History, type HistoryOptions } from "./history/history.js";
export {
  createSimulator,
  type NextOptions,
  type SimulatedEvent,
  type Simulator,
  type SimulatorOptions,
} from "./simulator.js";
