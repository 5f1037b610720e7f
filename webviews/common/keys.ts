/** Names of keys as the platform writes them. */
const mac = /^Mac/.test(navigator.platform);

/** With the key for commands: "Ctrl+F", "⌘F". */
export const commandKey = (key: string): string => (mac ? `⌘${key}` : `Ctrl+${key}`);
