import { generateKeyPair, generateSecret } from "@sessionhook/core";
import type { Command } from "commander";
import { print, printJson, type Shell, table } from "../shell.js";

const help = `
Without --ed25519: one shared secret (32 random bytes) for sender and receiver.
With --ed25519: a key pair. The sender signs with the secret key, receivers verify with the public key.

Examples:
  $ sessionhook secret new
  $ export SESSIONHOOK_SECRETS="$(sessionhook secret new)"
  $ sessionhook secret new --ed25519 --json`;

/** `sessionhook secret new`: generates a signing secret. */
export function addSecretNew(secret: Command, shell: Shell): void {
  secret
    .command("new")
    .description("Create a signing secret and print it.")
    .option("--ed25519", "create a key pair for asymmetric signatures (v1a)")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((options: { readonly ed25519?: true; readonly json?: true }) => {
      const made = options.ed25519 === true ? generateKeyPair() : { secret: generateSecret() };
      if (options.json === true) printJson(shell, made);
      else if ("secret" in made) print(shell, made.secret);
      else {
        print(
          shell,
          table([
            ["secret key", made.secretKey],
            ["public key", made.publicKey],
          ]),
        );
      }
    });
}
