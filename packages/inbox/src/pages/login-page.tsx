import { useHref } from "../components/link.js";
import { Layout } from "../components/layout.js";

export interface LoginPageProps {
  /** Path to open after signing in; must be validated by the caller. */
  readonly next: string;
  readonly error?: string;
}

export function LoginPage({ next, error }: LoginPageProps) {
  return (
    <Layout title={error === undefined ? "Sign in" : "Sign-in failed"} signedIn={false}>
      <div class="card">
        <h1>Sign in</h1>
        {error !== undefined && (
          <p class="error" id="error" role="alert">
            {error}
          </p>
        )}
        <form method="post" action={useHref("/login")}>
          <input type="hidden" name="next" value={next} />
          {/* Password managers store the token under this name. It is not part of the form's data. */}
          <input type="text" autocomplete="username" value="admin" readonly hidden />
          <label for="token">Admin token</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            autofocus
            autocomplete="current-password"
            aria-describedby={error === undefined ? "hint" : "error hint"}
            aria-invalid={error === undefined ? undefined : "true"}
          />
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
        <p class="note" id="hint">
          The value of <code>SESSIONHOOK_ADMIN_TOKEN</code>. If it is not set, the server created a token on
          its first start and stored it in its data folder. The command <code>sessionhook open</code> (in the
          repository: <code>npm run sessionhook -- open</code>) makes a link that signs you in once.
        </p>
      </div>
    </Layout>
  );
}
