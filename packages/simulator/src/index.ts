export { type SimulatedType, simulatedTypes } from "./build-event.js";
export {
  createSimulator,
  type NextOptions,
  type SimulatedEvent,
  type Simulator,
  type SimulatorOptions,
} from "./simulator.js";
