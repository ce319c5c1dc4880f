import { ConfigurationError, SigningSecrets } from "@sessionhook/core";
import { type Settings, SettingsError } from "@sessionhook/app";
import { dataFolderOf } from "@sessionhook/stores";
import { loadCredentials, type StoredCredentials } from "./credentials.js";
import type { LiveCredentials } from "./live-credentials.js";

interface StartCredentials {
  readonly live: LiveCredentials;
  /** The credentials file; undefined if the settings name both credentials. */
  readonly stored: StoredCredentials | undefined;
}

/**
 * Returns the signing secrets and the admin token of the settings. What they do not name comes from the credentials
 * file in the data folder, which the first start creates.
 * @throws SettingsError if that file cannot be used
 */
export function startCredentials({ secrets, adminToken, store }: Settings): StartCredentials {
  if (secrets !== undefined && adminToken !== undefined)
    return { live: { secrets, adminToken }, stored: undefined };
  const stored = loadCredentials(dataFolderOf(store));
  const live = {
    secrets: secrets ?? storedSecrets(stored),
    adminToken: adminToken ?? stored.adminToken,
  };
  return { live, stored };
}

function storedSecrets({ signingSecret, file }: StoredCredentials): SigningSecrets {
  try {
    return new SigningSecrets(signingSecret);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    throw new SettingsError([{ name: file, message: error.message }]);
  }
}
