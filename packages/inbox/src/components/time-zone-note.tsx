/** Names the time zone of the page: UTC, or with the script that of the browser. */
export function TimeZoneNote() {
  return (
    <>
      Times are <span data-zone>UTC</span>.
    </>
  );
}
