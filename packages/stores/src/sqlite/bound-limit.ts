/**
 * `LIMIT` with a parameter, for statements that run for every event. SQLite plans a statement with a plain `LIMIT ?` again whenever
 * the parameter is bound (seen from 3.47 to 3.54), which takes longer than such a statement itself. It does not look into expressions.
 */
export const boundLimit = "LIMIT 0 + ?";
