import { createContext, useContext } from "hono/jsx";

/** The beginning of a command of the command line, on the machine of the app. */
export const defaultCommandLine = "npm run sessionhook --";
export const CommandLine = createContext(defaultCommandLine);

/** Returns a command that can be copied, such as `npm run sessionhook -- send`. Call it only in a component. */
export function useCommand(args: string): string {
  return `${useContext(CommandLine)} ${args}`;
}

/** Renders a command within a sentence. Lines do not break within its options, such as `--`. */
export function Command({ args }: { readonly args: string }) {
  return (
    <code>
      {useCommand(args)
        .split(/(?<= )(-+\S*)/)
        .map((part, i) => (i % 2 === 0 ? part : <span class="option">{part}</span>))}
    </code>
  );
}
