import { Link } from "../components/link.js";
import type { Child } from "hono/jsx";
import { Layout } from "../components/layout.js";

export interface MessagePageProps {
  readonly title: string;
  readonly signedIn: boolean;
  /** Path of the "Try again" button. */
  readonly retryPath?: string;
  readonly children?: Child;
}

/** Renders a page with only a message: not found, rejected, not available. */
export function MessagePage({ title, signedIn, retryPath, children }: MessagePageProps) {
  return (
    <Layout title={title} signedIn={signedIn}>
      <div class="card">
        <h1>{title}</h1>
        {children}
        {retryPath !== undefined && (
          <p class="actions">
            <Link class="button" to={retryPath}>
              Try again
            </Link>
          </p>
        )}
      </div>
    </Layout>
  );
}
