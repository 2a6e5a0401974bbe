/**
 * What Node is told when it runs the server. While many pushes come at once V8 lets what was just made grow to 128 MB before it looks what of it
 * is still needed; looking sooner costs no measurable time.
 */
export const SERVER_NODE_OPTIONS = ['--max-semi-space-size=16'];
