// Runs in workerd: the statements of one call, put to the real D1 binding.
const bytes = (value) => (Array.isArray(value) ? Uint8Array.from(value) : value);

export default {
  async fetch(request, env) {
    const { batch, statements } = await request.json();
    const bound = statements.map(({ sql, values }) => env.DB.prepare(sql).bind(...values.map(bytes)));
    try {
      return Response.json(batch ? await env.DB.batch(bound) : [await bound[0].all()]);
    } catch (error) {
      return Response.json({ error: error.message }, { status: 500 });
    }
  },
};
