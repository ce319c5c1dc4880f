/** List prices of AWS in us-east-1, in US dollars, looked up in November 2026. Free tiers are not taken off. */
export const prices = {
  lambdaRequest: 0.2 / 1e6,
  /** arm64, a GB of memory for a second. */
  lambdaGigabyteSecond: 0.0000133334,
  /** On demand. */
  dynamodbWriteUnit: 0.625 / 1e6,
  /** A GB for a month. */
  dynamodbStorage: 0.25,
  dynamodbBackup: 0.2,
  /** CloudWatch, a GB taken in. */
  logs: 0.5,
  /** EBS gp3, a GB for a month. */
  disk: 0.08,
};
