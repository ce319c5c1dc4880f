import type { AwsCredentials } from "./sign.js";
import { SignedClient } from "./signed-client.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that only the AWS SDK understands, unless they have one of these values. */
const onlySdk: Readonly<Record<string, readonly string[]>> = {
  AWS_ACCOUNT_ID_ENDPOINT_MODE: ["preferred", "disabled"],
  AWS_CONFIG_FILE: [],
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ["false"],
  AWS_PROFILE: [],
  AWS_RETRY_MODE: ["standard"],
  AWS_SHARED_CREDENTIALS_FILE: [],
  AWS_USE_DUALSTACK_ENDPOINT: ["false"],
  AWS_USE_FIPS_ENDPOINT: ["false"],
};

/** Regions with hosts below amazonaws.com; China and the isolated partitions have other domains. */
const commonRegion = /^(?:us|us-gov|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/;

/**
 * Returns a small client for an environment such as Lambda's, with a region and access keys in variables; undefined for
 * any other, which needs the AWS SDK: profiles, container and instance roles, web identity, special endpoints.
 * With this client an operation of the store ends after 10 s, however many events it appends.
 * @param env read again for every request, so that rotated keys are used
 */
export function signedDynamoDbClient(env: Environment): SignedClient | undefined {
  const region = textOf(env, "AWS_REGION");
  if (region === undefined || credentialsOf(env) === undefined) return undefined;
  for (const [name, known] of Object.entries(onlySdk)) {
    const value = textOf(env, name);
    if (value !== undefined && !known.includes(value.toLowerCase())) return undefined;
  }
  const override = textOf(env, "AWS_ENDPOINT_URL_DYNAMODB") ?? textOf(env, "AWS_ENDPOINT_URL");
  if (override === undefined && !commonRegion.test(region)) return undefined;
  const endpoint = URL.parse(override ?? `https://dynamodb.${region}.amazonaws.com`);
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol) || endpoint.search !== "") return undefined;
  const credentials = () => credentialsOf(env) ?? { accessKeyId: "", secretAccessKey: "" };
  return new SignedClient({ endpoint, region, credentials });
}

function credentialsOf(env: Environment): AwsCredentials | undefined {
  const accessKeyId = textOf(env, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = textOf(env, "AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: textOf(env, "AWS_SESSION_TOKEN") };
}

/** The SDK treats an empty variable as absent. */
function textOf(env: Environment, name: string): string | undefined {
  return env[name] === "" ? undefined : env[name];
}
