declare const __CHECKOUT__: string;

/** The folder of the checkout that these tests were bundled from. */
export const checkout = __CHECKOUT__;
