import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, readFileSync, readdirSync } from "node:fs";
import { writeRequests } from "./load/requests.ts";
import { sendLoad } from "./load/load.ts";
const conns = Number(process.argv[2]); const rounds=Number(process.argv[3]); const prof = process.argv[4]==="prof"; const mains = process.argv.slice(5);
const out: Record<string, number[]> = {};
for (let r=0;r<rounds;r++) for (const main of mains) {
  const dir = mkdtempSync("/tmp/st/p-");
  const file = writeRequests(dir + "/req", 60000, "full");
  const p = spawn(process.execPath, [...(prof?["--cpu-prof", "--cpu-prof-dir=" + dir + "/prof"]:[]), main], { cwd: dir, env: { ...process.env, PORT: "9377", SESSIONHOOK_SECRETS: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SESSIONHOOK_ADMIN_TOKEN: "an-admin-token-for-benchmarks" }, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((r) => p.stdout.once("data", r)); await new Promise(r=>setTimeout(r,2500));
  const cpu = () => { const s = readFileSync(`/proc/${p.pid}/stat`, "utf8").split(") ")[1]!.split(" "); return (Number(s[11]) + Number(s[12])) * 10; };
  const threads = () => Object.fromEntries(readdirSync(`/proc/${p.pid}/task`).map((t) => { try{const s = readFileSync(`/proc/${p.pid}/task/${t}/stat`, "utf8"); const a=s.split(") ")[1]!.split(" "); return [t + s.slice(s.indexOf("("), s.indexOf(")")+1), (Number(a[11]) + Number(a[12])) * 10];}catch{return [t,0]} }));
  const url = "http://127.0.0.1:9377/webhooks";
  await sendLoad(url, file, { connections: conns, seconds: 2, skip: 0 , repeat:true});
  const c0 = cpu(), t0 = threads();
  const res = await sendLoad(url, file, { connections: conns, seconds: 4, skip: 16000, repeat: true });
  const c1 = cpu(), t1 = threads();
  const each = Object.entries(t1).map(([k, v]) => [k.replace(/^\d+/,""), ((v - (t0[k] ?? 0)) * 1000) / res.requests] as const).filter(([, v]) => v > 1).map(([k, v]) => `${k} ${v.toFixed(0)}`).join(" ");
  const us=((c1 - c0) * 1000) / res.requests; (out[main]??=[]).push(us);
  console.log(main.slice(0, 24), res.perSecond.toFixed(0), "cpu µs/event", us.toFixed(0), each);
  p.kill("SIGTERM"); await new Promise((r) => p.once("exit", r));
  if (prof) for (const f of readdirSync(dir + "/prof")) {
    const pr = JSON.parse(readFileSync(dir + "/prof/" + f, "utf8"));
    const self = new Map<string, number>(); const dt = pr.timeDeltas; const nodes = new Map(pr.nodes.map((n: any) => [n.id, n]));
    let tot=0; pr.samples.forEach((id: number, i: number) => { const n: any = nodes.get(id); const k = `${n.callFrame.functionName || "(anon)"} ${n.callFrame.url.replace(/.*\/(packages|node_modules)\//, "")}:${n.callFrame.lineNumber}`; self.set(k, (self.get(k) ?? 0) + dt[i]); if(!/\(idle\)|\(program\)/.test(k)) tot+=dt[i]; });
    console.log("  ", f, "busy ms", (tot/1000).toFixed(0)); for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 40)) console.log("    ", (v / 1000).toFixed(0).padStart(6), k);
  }
  rmSync(dir, { recursive: true });
}
for(const [k,v] of Object.entries(out)) console.log(k.slice(0,24), "min", Math.min(...v).toFixed(0), "med", v.toSorted((a,b)=>a-b)[v.length>>1]!.toFixed(0));
