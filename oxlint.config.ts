import { importRules } from "./scripts/import-rules.ts";

export default {
  plugins: ["typescript", "unicorn", "import", "promise", "oxc", "vitest"],
  categories: {
    correctness: "error",
    suspicious: "error",
    perf: "error",
  },
  rules: {
    "no-console": "error",
    "no-await-in-loop": "off",
    "no-control-regex": "off",
    eqeqeq: [
      "error",
      "always",
      {
        null: "ignore",
      },
    ],
    "no-shadow": "off",
    "no-underscore-dangle": "off",
    "typescript/no-explicit-any": "error",
    "typescript/consistent-type-imports": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-unassigned-import": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/prefer-node-protocol": "error",
    "unicorn/require-module-specifiers": "off",
    "import/no-named-as-default-member": "off",
    "vitest/valid-expect": [
      "error",
      {
        maxArgs: 2,
      },
    ],
    "oxc/no-map-spread": "off",
    "unicorn/require-post-message-target-origin": "off",
  },
  overrides: [
    ...importRules,
    {
      files: [
        "apps/**",
        "scripts/**",
        "consumers/**",
        "benchmarks/**",
        "torture/**",
        "packages/*/scripts/**",
        "**/*.test.ts",
        "**/*.test.tsx",
        "packages/conformance/**",
        "packages/package-tests/packed/**",
        "packages/package-tests/src/destinations/**",
      ],
      rules: {
        "no-console": "off",
        "vitest/no-conditional-expect": "off",
        "no-new": "off",
        "vitest/no-conditional-tests": "off",
      },
    },
    {
      files: ["packages/conformance/**", "packages/package-tests/packed/**"],
      rules: {
        "vitest/no-standalone-expect": "off",
        "vitest/no-conditional-tests": "off",
        "vitest/valid-title": "off",
        "vitest/expect-expect": "off",
        "vitest/no-disabled-tests": "off",
        "vitest/valid-describe-callback": "off",
      },
    },
  ],
  ignorePatterns: ["**/dist/**", "**/generated/**"],
};
