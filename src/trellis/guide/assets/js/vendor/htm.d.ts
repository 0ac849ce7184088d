// The part of htm that the guide uses, for the type checker. Not shipped.
type Make<T> = (type: unknown, props: Record<string, unknown> | null, ...children: unknown[]) => T;
declare const htm: { bind<T>(make: Make<T>): (strings: TemplateStringsArray, ...values: unknown[]) => T };
export default htm;
