/**
 * Takes the request that is being handled out of the functions framework's `domain`, if it is in one. Inside it every promise, timer and callback is
 * marked and tracked one by one, which costs a delivery more than all that it does itself. What a domain is for, an
 * exception that nobody catches, ends the process here as it does everywhere else; Meta delivers again.
 */
export function leaveDomain(): void {
  (process as { domain?: { exit(): void } | null }).domain?.exit();
}
