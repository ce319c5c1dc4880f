/** The known values of a field and any other text: the provider adds values without notice. */
export type OpenEnum<Known extends string> = Known | (string & {});
