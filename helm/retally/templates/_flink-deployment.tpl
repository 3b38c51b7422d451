{{- /*
A job as a FlinkDeployment of its own. Takes: root (the chart's scope), name (of the job), job (values as repProgress has them),
entryClass, args (strings), env (of the containers, may be missing).
*/ -}}
{{- define "retally.flinkDeployment" -}}
{{- $root := .root -}}
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata:
  name: {{ include "retally.cluster" (dict "root" $root "name" .name) }}
  labels:
    {{- include "retally.labels" $root | nindent 4 }}
spec:
  image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
  imagePullPolicy: {{ $root.Values.image.pullPolicy }}
  flinkVersion: v{{ regexFind "^[0-9]+\\.[0-9]+" $root.Values.flinkVersion | replace "." "_" }}
  mode: native
  serviceAccount: {{ include "retally.serviceAccount" $root }}
  flinkConfiguration:
    {{- include "retally.flinkConfiguration" (dict "root" $root "job" .job) | trim | nindent 4 }}
  logConfiguration:
    log4j-console.properties: |
      {{- $root.Files.Get "files/flink-conf/log4j-console.properties" | nindent 6 }}
  job:
    jarURI: local:///opt/flink/usrlib/retally-jobs.jar
    entryClass: {{ .entryClass }}
    args:
      {{- range .args }}
      - {{ . | quote }}
      {{- end }}
    parallelism: {{ .job.parallelism }}
    state: {{ .job.state }}
    # What the job wrote stands for an epoch of its lineage: it never begins anew by itself.
    upgradeMode: savepoint
    {{- with .job.initialSavepoint }}
    initialSavepointPath: {{ . | quote }}
    {{- end }}
  jobManager:
    replicas: {{ .job.jobManager.replicas }}
    resource:
      cpu: {{ .job.jobManager.cpu }}
      memory: {{ .job.jobManager.memory | quote }}
  taskManager:
    resource:
      cpu: {{ .job.taskManager.cpu }}
      memory: {{ .job.taskManager.memory | quote }}
  podTemplate:
    metadata:
      labels:
        {{- include "retally.labels" $root | nindent 8 }}
      {{- if $root.Values.kafka.client }}
      annotations:
        # The operator upgrades a job whose deployment changes, and that of a ConfigMap it does not see.
        retally.io/kafka-client: {{ include "retally.kafkaClientProperties" $root | sha256sum }}
      {{- end }}
    spec:
      securityContext:
        {{- include "retally.podSecurity" $root | nindent 8 }}
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- with $root.Values.scheduling.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.scheduling.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        # The name that the operator and Flink look for.
        - name: flink-main-container
          securityContext:
            {{- include "retally.containerSecurity" $root | nindent 12 }}
          env:
            - {{- include "retally.passwordEnv" $root | nindent 14 }}
            {{- with .env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - name: metrics
              containerPort: 9249
          volumeMounts:
            - {{- include "retally.passwordMount" $root | nindent 14 }}
            {{- if $root.Values.tls.secretName }}
            - {{- include "retally.tlsMount" $root | nindent 14 }}
            {{- end }}
            {{- if $root.Values.kafka.client }}
            - name: kafka-client
              mountPath: {{ dir (include "retally.kafkaClientFile" $root) }}
              readOnly: true
            {{- end }}
            - name: scratch
              mountPath: /scratch
            - name: tmp
              mountPath: /tmp
            - name: log
              mountPath: /opt/flink/log
      volumes:
        - {{- include "retally.passwordVolume" $root | nindent 10 }}
        {{- if $root.Values.tls.secretName }}
        - {{- include "retally.tlsVolume" $root | nindent 10 }}
        {{- end }}
        {{- if $root.Values.kafka.client }}
        - name: kafka-client
          configMap:
            name: {{ include "retally.kafkaClientName" $root }}
        {{- end }}
        - name: scratch
          emptyDir:
            sizeLimit: {{ .job.taskManager.scratchSize }}
        # Native libraries and the JVM's own files.
        - name: tmp
          emptyDir:
            sizeLimit: 1Gi
        - name: log
          emptyDir:
            sizeLimit: 200Mi
{{- end }}
