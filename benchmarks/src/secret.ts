/** The signing secret and the admin token that all benchmarks use. */
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-benchmarks";
