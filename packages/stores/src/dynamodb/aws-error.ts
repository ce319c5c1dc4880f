/** An error that DynamoDB answered; its name is DynamoDB's code. */
export class AwsError extends Error {
  /** HTTP status of the answer. */
  readonly status: number;
  /** True if the request was signed with a time that DynamoDB's clock disproves. */
  readonly clockWasWrong: boolean;

  constructor(code: string, message: string, answer: { status: number; clockWasWrong: boolean }) {
    super(message);
    this.name = code === "" ? `Http${answer.status}` : code;
    this.status = answer.status;
    this.clockWasWrong = answer.clockWasWrong;
  }
}
